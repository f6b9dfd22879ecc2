package org.wasl.agencies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.cspd.CspdServer;
import org.wasl.agencies.dvld.DvldServer;
import org.wasl.agencies.moj.MojServer;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.ptax.PtaxServer;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.agencies.server.DisclosureBook;
import org.wasl.agencies.server.SettlementBook;

/** One of the sample agencies on its own, as where each has a machine of its own. */
public final class SampleAgency implements AutoCloseable {

    /** Those that can stand alone. */
    public static final List<String> CODES = List.of("CSPD", "DVLD", "PTAX", "MOJ");

    private final AgencyServer server;
    private final @Nullable SettlementBook payments;
    private final Optional<DisclosureBook> disclosures;

    private SampleAgency(AgencyServer server, @Nullable SettlementBook payments, Optional<DisclosureBook> disclosures) {
        this.server = server;
        this.payments = payments;
        this.disclosures = disclosures;
    }

    /**
     * Starts it on any free port of the loopback; a new directory is populated first.
     *
     * @param code one of {@link #CODES}
     * @param settings of these the ports do not count
     * @throws IOException when it does not start
     */
    public static SampleAgency start(String code, AgencySettings settings) throws IOException {
        Population population = PopulationRecord.open(settings);
        Path directory = settings.directory();
        AgencyCredentials credentials = settings.credentials();
        SettlementBook payments = null;
        AgencyServer server;
        switch (code) {
            case "CSPD" -> server = new CspdServer(directory.resolve("cspd"), population, credentials.cspd());
            case "DVLD" -> {
                payments = book(directory, code);
                Path deceased =
                        Files.createDirectories(directory.resolve("dvld")).resolve("deceased.txt");
                server = new DvldServer(population, credentials.dvldApiKey(), deceased, payments);
            }
            case "PTAX" -> {
                payments = book(directory, code);
                server = new PtaxServer(population, AgencyCredentials.PTAX_USER, credentials.ptaxPassword(), payments);
            }
            case "MOJ" ->
                server = new MojServer(
                        directory.resolve("moj"),
                        population,
                        AgencyCredentials.MOJ_USER,
                        credentials.mojPassword(),
                        settings.clock());
            default -> throw new IllegalArgumentException("there is no sample agency " + code);
        }
        Optional<DisclosureBook> disclosures = DisclosureBook.open(directory, code);
        disclosures.ifPresent(server.reads()::writeTo);
        SampleAgency agency = new SampleAgency(server, payments, disclosures);
        boolean started = false;
        try {
            server.start(0);
            started = true;
            return agency;
        } finally {
            if (!started) {
                agency.close();
            }
        }
    }

    private static SettlementBook book(Path directory, String code) throws IOException {
        Path books = Files.createDirectories(directory.resolve("settlements"));
        return SettlementBook.open(books.resolve(code.toLowerCase(java.util.Locale.ROOT)), code);
    }

    /** Its port on the loopback. */
    public int port() {
        return server.port();
    }

    /** The public host key to pin; empty where it is no file server. */
    public String hostKey() {
        return server instanceof MojServer files ? files.hostKey() : "";
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (payments != null) {
            payments.close();
        }
        if (disclosures.isPresent()) {
            disclosures.get().close();
        }
    }
}
