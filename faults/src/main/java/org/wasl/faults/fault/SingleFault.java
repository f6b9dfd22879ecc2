package org.wasl.faults.fault;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.SingleSite;
import org.wasl.faults.site.Site;
import org.wasl.faults.site.SiteException;

/** A fault of one node that is everything at once. */
abstract class SingleFault implements Fault {

    private final String name;
    private final String describe;
    private final List<Promise> promises;

    SingleFault(String name, String describe, Promise... promises) {
        this.name = name;
        this.describe = describe;
        this.promises = List.of(promises);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String describe() {
        return describe;
    }

    @Override
    public final List<Promise> promises() {
        return promises;
    }

    @Override
    public final List<String> sites() {
        return List.of("single");
    }

    @Override
    public Optional<String> missing(Site site) {
        return site instanceof SingleSite own ? missing(own) : Optional.of("it is for one node (--site single)");
    }

    Optional<String> missing(SingleSite site) {
        return Optional.empty();
    }

    @Override
    public final void inject(Stage stage) throws IOException, InterruptedException {
        inject(stage, own(stage));
    }

    @Override
    public final void heal(Stage stage) throws IOException, InterruptedException {
        heal(stage, own(stage));
    }

    @Override
    public final List<Observation> observe(Stage stage) throws IOException, InterruptedException {
        return observe(stage, own(stage));
    }

    abstract void inject(Stage stage, SingleSite site) throws IOException, InterruptedException;

    void heal(Stage stage, SingleSite site) throws IOException, InterruptedException {
        site.revive();
    }

    List<Observation> observe(Stage stage, SingleSite site) throws IOException, InterruptedException {
        return List.of();
    }

    private static SingleSite own(Stage stage) throws SiteException {
        if (stage.site() instanceof SingleSite site) {
            return site;
        }
        throw new SiteException("this fault is for one node");
    }
}
