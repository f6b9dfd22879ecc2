package org.wasl.connectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.wasl.agencies.AgencyCredentials;
import org.wasl.agencies.AgencyEndpoints;
import org.wasl.agencies.AgencySettings;
import org.wasl.agencies.SampleAgencies;
import org.wasl.agencies.cspd.CspdServer;

/** The four real back-ends with a small population, started once for all tests of this module. */
public final class RunningAgencies {

    private static final int FAMILIES = 60;
    private static final AgencyCredentials CREDENTIALS = AgencyCredentials.generate(new SecureRandom());
    private static final SampleAgencies AGENCIES = start();

    private RunningAgencies() {}

    private static SampleAgencies start() {
        try {
            Path directory = Files.createTempDirectory("wasl-agencies");
            SampleAgencies started = SampleAgencies.start(new AgencySettings(
                    directory,
                    AgencySettings.DEFAULT_SEED,
                    FAMILIES,
                    0,
                    0,
                    0,
                    0,
                    CREDENTIALS,
                    Clock.system(ZoneId.of("Asia/Amman"))));
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            return started;
        } catch (IOException e) {
            throw new IllegalStateException("the sample agencies did not start", e);
        }
    }

    public static SampleAgencies agencies() {
        return AGENCIES;
    }

    public static AgencyCredentials credentials() {
        return CREDENTIALS;
    }

    /** What the samples' placeholders stand for. */
    public static Map<String, String> properties() {
        AgencyEndpoints at = AGENCIES.endpoints();
        return Map.of(
                "cspd.jdbc-url", at.cspdJdbcUrl(),
                "cspd.user", CspdServer.READER,
                "dvld.base-url", at.dvldBase().toString(),
                "ptax.address", at.ptaxEndpoint().toString(),
                "ptax.user", AgencyCredentials.PTAX_USER,
                "moj.host", at.mojHost(),
                "moj.port", Integer.toString(at.mojPort()),
                "moj.user", AgencyCredentials.MOJ_USER,
                "moj.host-key", at.mojHostKey());
    }

    /** The samples' secrets. */
    public static Optional<String> secret(String name) {
        return Optional.ofNullable(Map.of(
                        "cspd.reader", CREDENTIALS.cspd().reader(),
                        "dvld.api-key", CREDENTIALS.dvldApiKey(),
                        "ptax.bus", CREDENTIALS.ptaxPassword(),
                        "moj.sftp", CREDENTIALS.mojPassword())
                .get(name));
    }
}
