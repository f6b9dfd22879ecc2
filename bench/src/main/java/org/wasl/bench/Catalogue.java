package org.wasl.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.wasl.bench.exchange.BurstWorkload;
import org.wasl.bench.exchange.CompositeWorkload;
import org.wasl.bench.exchange.DocumentWorkload;
import org.wasl.bench.exchange.ExchangeWorkload;
import org.wasl.bench.exchange.LogAppendWorkload;
import org.wasl.bench.exchange.Scale;
import org.wasl.bench.exchange.SigningMode;
import org.wasl.bench.exchange.SiteWorkload;
import org.wasl.bench.load.NothingWorkload;
import org.wasl.bench.load.Workload;
import org.wasl.bench.peer.Peer;
import org.wasl.bench.peer.Peers;

/** Every workload that can be measured, by name; each is made from its parameters. */
final class Catalogue {

    /** What a workload can be made with. */
    static final Set<String> PARAMETERS =
            Set.of("payloadOctets", "documentOctets", "members", "agreements", "logLeaves", "nodes", "basePerSecond");

    private static final SortedMap<String, Function<Map<String, String>, Workload>> MAKERS = makers();

    private Catalogue() {}

    private static SortedMap<String, Function<Map<String, String>, Workload>> makers() {
        SortedMap<String, Function<Map<String, String>, Workload>> makers = new TreeMap<>();
        makers.put("nothing", parameters -> new NothingWorkload());
        for (SigningMode mode : SigningMode.values()) {
            makers.put(mode.workload(), parameters -> exchange(parameters, mode));
        }
        makers.put("composite", parameters -> new CompositeWorkload());
        makers.put(BurstWorkload.NAME, parameters -> new BurstWorkload(number(parameters, "basePerSecond", 20)));
        makers.put("scale-out", parameters -> new SiteWorkload(number(parameters, "nodes", 2)));
        makers.put("document", Catalogue::document);
        makers.put("log-append", parameters -> new LogAppendWorkload(number(parameters, "logLeaves", 0)));
        Peers.all()
                .forEach(peer ->
                        makers.put(peer.name(), parameters -> peer.factory().get()));
        return makers;
    }

    /** All of them. */
    static Set<String> names() {
        return MAKERS.keySet();
    }

    /** What a team would pick instead, and the floor, in the order of the tables. */
    static List<String> peers() {
        return Peers.all().stream()
                .map(Peer::name)
                .filter(name -> !isLimit(name))
                .toList();
    }

    /** What no exchange can do without, each by itself, and what making load costs. */
    static List<String> limits() {
        List<String> limits = new ArrayList<>(List.of("nothing"));
        Peers.all().stream().map(Peer::name).filter(Catalogue::isLimit).forEach(limits::add);
        limits.add("log-append");
        return limits;
    }

    private static boolean isLimit(String name) {
        return name.startsWith("raw-");
    }

    private static Workload exchange(Map<String, String> parameters, SigningMode mode) {
        return new ExchangeWorkload(
                number(parameters, "payloadOctets", ExchangeWorkload.USUAL_OCTETS),
                new Scale(number(parameters, "members", 0), number(parameters, "agreements", 0)),
                mode,
                number(parameters, "logLeaves", 0));
    }

    private static Workload document(Map<String, String> parameters) {
        return new DocumentWorkload(number(parameters, "documentOctets", DocumentWorkload.USUAL_OCTETS));
    }

    private static int number(Map<String, String> parameters, String name, int otherwise) {
        return Integer.parseInt(parameters.getOrDefault(name, Integer.toString(otherwise)));
    }

    /**
     * A workload, not yet started.
     *
     * @throws IllegalArgumentException when there is none of that name, or a parameter is unknown: one that is ignored
     *     would give a curve of nothing
     */
    static Workload make(String name, Map<String, String> parameters) {
        Function<Map<String, String>, Workload> maker = MAKERS.get(name);
        if (maker == null) {
            throw new IllegalArgumentException("no workload " + name + "; there are " + MAKERS.keySet());
        }
        if (!PARAMETERS.containsAll(parameters.keySet())) {
            throw new IllegalArgumentException("parameters are " + PARAMETERS + ", not " + parameters.keySet());
        }
        return maker.apply(parameters);
    }
}
