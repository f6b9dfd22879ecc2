package org.wasl.node.cluster;

import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Properties;
import org.wasl.agencies.AgencySettings;
import org.wasl.agencies.SampleAgency;
import org.wasl.node.configuration.SampleBackEnds;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.file.SecretFiles;

/** One sample agency's back-end, to be reached from its agency's own network. */
public final class BackEndProcess implements AutoCloseable {

    private static final ZoneId ZONE = ZoneId.of("Asia/Amman");

    private final SampleAgency agency;
    private final Relay relay;

    private BackEndProcess(SampleAgency agency, Relay relay) {
        this.agency = agency;
        this.relay = relay;
    }

    /**
     * Starts it, and writes down for its agency's node how to connect.
     *
     * @param directory everything of it
     * @param code the agency
     * @param listen where it listens
     * @param host under which its agency's node reaches it
     * @param families how many synthetic families there are; must stay the same for a directory
     */
    public static BackEndProcess start(Path directory, String code, InetSocketAddress listen, String host, int families)
            throws IOException {
        SampleAgency agency = agency(directory, code, families);
        boolean reached = false;
        try {
            write(directory.resolve(PartFiles.ENDPOINTS), code, host, listen.getPort(), agency.hostKey());
            // The back-ends themselves listen on the loopback only.
            Relay relay = Relay.start(
                    listen, new InetSocketAddress(InetAddress.getLoopbackAddress(), agency.port()), Duration.ZERO);
            reached = true;
            return new BackEndProcess(agency, relay);
        } finally {
            if (!reached) {
                agency.close();
            }
        }
    }

    /** Makes its data and keys, and writes down how to connect, without serving. */
    static void prepare(Path directory, String code, String host, int port, int families) throws IOException {
        try (SampleAgency agency = agency(directory, code, families)) {
            write(directory.resolve(PartFiles.ENDPOINTS), code, host, port, agency.hostKey());
        }
    }

    private static SampleAgency agency(Path directory, String code, int families) throws IOException {
        return SampleAgency.start(
                code,
                new AgencySettings(
                        directory.resolve("agencies"),
                        AgencySettings.DEFAULT_SEED,
                        families,
                        0,
                        0,
                        0,
                        0,
                        SampleBackEnds.credentials(new SecretFiles(directory.resolve("secrets"))),
                        Clock.system(ZONE)));
    }

    private static void write(Path file, String code, String host, int port, String hostKey) throws IOException {
        Properties properties = new Properties();
        properties.putAll(PartFiles.endpoints(code, host, port, hostKey));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8), Readers.EVERYBODY);
    }

    @Override
    public void close() throws IOException {
        relay.close();
        agency.close();
    }
}
