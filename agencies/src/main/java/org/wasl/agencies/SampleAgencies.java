package org.wasl.agencies;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.cspd.CspdServer;
import org.wasl.agencies.declared.BackEndFiles;
import org.wasl.agencies.declared.DeclaredBackEnds;
import org.wasl.agencies.dvld.DvldServer;
import org.wasl.agencies.moj.MojServer;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.ptax.PtaxServer;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.agencies.server.DisclosureBook;
import org.wasl.agencies.server.Reads;
import org.wasl.agencies.server.SettlementBook;

/** The sample agencies on one data directory: four with programs of their own, and those that are declared. Each may be stopped and started again on its own. */
public final class SampleAgencies implements AutoCloseable {

    // CXF's and H2's start are the long ones: two at a time is what two cores can use.
    private static final int STARTERS = 2;

    private final Population population;
    private final CspdServer cspd;
    private final SettlementBook dvldBook;
    private final SettlementBook ptaxBook;
    private final DvldServer dvld;
    private final PtaxServer ptax;
    private final MojServer moj;
    private final List<DisclosureBook> disclosures = new ArrayList<>();
    private @Nullable DeclaredBackEnds declared;

    private SampleAgencies(AgencySettings settings, Population population) throws IOException {
        AgencyCredentials credentials = settings.credentials();
        this.population = population;
        cspd = new CspdServer(settings.directory().resolve("cspd"), population, credentials.cspd());
        Path books = Files.createDirectories(settings.directory().resolve("settlements"));
        dvldBook = SettlementBook.open(books.resolve("dvld"), "DVLD");
        ptaxBook = SettlementBook.open(books.resolve("ptax"), "PTAX");
        dvld = new DvldServer(
                population,
                credentials.dvldApiKey(),
                Files.createDirectories(settings.directory().resolve("dvld")).resolve("deceased.txt"),
                dvldBook);
        ptax = new PtaxServer(population, AgencyCredentials.PTAX_USER, credentials.ptaxPassword(), ptaxBook);
        moj = new MojServer(
                settings.directory().resolve("moj"),
                population,
                AgencyCredentials.MOJ_USER,
                credentials.mojPassword(),
                settings.clock());
        for (Map.Entry<String, Reads> own : Map.of(
                        "CSPD", cspd.reads(), "DVLD", dvld.reads(), "PTAX", ptax.reads(), "MOJ", moj.reads())
                .entrySet()) {
            DisclosureBook.open(settings.directory(), own.getKey()).ifPresent(book -> {
                own.getValue().writeTo(book);
                disclosures.add(book);
            });
        }
    }

    /**
     * Starts all four; a new directory is populated first, which takes some seconds.
     *
     * @throws IOException when one does not start; none runs then
     */
    public static SampleAgencies start(AgencySettings settings) throws IOException {
        return start(settings, List.of(), name -> {
            throw new IOException("no declared back-end, so no secret " + name);
        });
    }

    /**
     * Starts all four, and those that are declared.
     *
     * @param declarations what declares further ones
     * @param secrets what opens those
     * @throws IOException when one does not start; none runs then
     */
    public static SampleAgencies start(
            AgencySettings settings, List<BackEndFiles> declarations, DeclaredBackEnds.Secrets secrets)
            throws IOException {
        SampleAgencies agencies = new SampleAgencies(settings, PopulationRecord.open(settings));
        ExecutorService starters = Executors.newFixedThreadPool(STARTERS);
        try {
            List<Callable<Integer>> starts = List.of(
                    () -> agencies.startDeclared(declarations, settings.directory(), secrets),
                    () -> agencies.cspd.start(settings.cspdPort()),
                    () -> agencies.ptax.start(settings.ptaxPort()),
                    () -> agencies.moj.start(settings.mojPort()),
                    () -> agencies.dvld.start(settings.dvldPort()));
            for (Future<Integer> start : starters.invokeAll(starts)) {
                start.get();
            }
            return agencies;
        } catch (ExecutionException e) {
            agencies.close();
            throw new IOException("the sample agencies do not start: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            agencies.close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the sample agencies start");
        } finally {
            starters.shutdownNow();
        }
    }

    private int startDeclared(List<BackEndFiles> declarations, Path directory, DeclaredBackEnds.Secrets secrets)
            throws IOException {
        DeclaredBackEnds started =
                DeclaredBackEnds.start(declarations, population, directory.resolve("declared"), secrets);
        synchronized (this) {
            declared = started;
        }
        return started.servers().size();
    }

    public Population population() {
        return population;
    }

    public CspdServer cspd() {
        return cspd;
    }

    public DvldServer dvld() {
        return dvld;
    }

    public PtaxServer ptax() {
        return ptax;
    }

    public MojServer moj() {
        return moj;
    }

    /** All servers, by their agencies' member codes. */
    public Map<String, AgencyServer> servers() {
        Map<String, AgencyServer> servers = new TreeMap<>(Map.of("CSPD", cspd, "DVLD", dvld, "PTAX", ptax, "MOJ", moj));
        declared().ifPresent(started -> servers.putAll(started.servers()));
        return servers;
    }

    /** What connectors to the declared ones refer to. */
    public Map<String, String> declaredProperties() {
        return declared().map(DeclaredBackEnds::properties).orElseGet(Map::of);
    }

    /** From now on the declared ones tell the node behind this address what they have to tell. */
    public void notify(URI node) {
        declared().ifPresent(started -> started.notify(node));
    }

    private synchronized Optional<DeclaredBackEnds> declared() {
        return Optional.ofNullable(declared);
    }

    /** Where they listen; changes when one is started again on another port. */
    public AgencyEndpoints endpoints() {
        return new AgencyEndpoints(
                cspd.jdbcUrl(), dvld.baseUri(), ptax.endpoint(), moj.host(), moj.port(), moj.hostKey());
    }

    @Override
    public void close() {
        for (AgencyServer server : List.of(cspd, dvld, ptax, moj)) {
            server.close();
        }
        dvldBook.close();
        ptaxBook.close();
        declared().ifPresent(DeclaredBackEnds::close);
        for (DisclosureBook book : disclosures) {
            try {
                book.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a book of disclosures cannot be closed", e);
            }
        }
    }
}
