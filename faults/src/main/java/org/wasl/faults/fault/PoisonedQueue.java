package org.wasl.faults.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.site.SingleSite;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.TrustFiles;

/** A rightful member puts what nobody can read straight into another's queue at the broker, ten thousand times. */
final class PoisonedQueue extends SingleFault {

    private static final MemberId SENDER = MemberId.parse("JO/GOV/MOJ");
    private static final String QUEUE = "wasl.request.JO.GOV.CSPD.registry";
    private static final Pattern DEAD = Pattern.compile("(?m)^wasl_dead_letters_total(?:\\{[^}]*})? ([0-9.E]+)$");
    private static final String ALARM = "ALARM: ";
    private static final int AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PERCENT = 95;
    /** So many may meet something else that a busy machine does. */
    private static final long FEW = 3;

    private static final List<String> BODIES =
            List.of("", "<", "PK\u0003\u0004", "mimetypeapplication/vnd.etsi.asic-e+zip", "\u0000".repeat(20_000));

    private int count;
    private long dead;
    private boolean alarm;
    private long since;
    private long until;

    PoisonedQueue() {
        super(
                "poison-queue",
                "a rightful member puts ten thousand messages that are no containers into civil status' queue at the broker, while others ask as usual",
                Promise.P12);
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        count = stage.count(10_000, 100);
        long before = dead(site);
        long written;
        try (Stream<String> lines = Files.lines(site.directory().root().resolve("node.log"))) {
            written = lines.count();
        }
        since = System.currentTimeMillis();
        try (ServerLocator locator = ActiveMQClient.createServerLocatorWithoutHA(transport(site));
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession(false, false)) {
            ClientProducer producer = session.createProducer(QUEUE);
            for (int i = 1; i <= count; i++) {
                ClientMessage message = session.createMessage(true);
                message.getBodyBuffer().writeBytes(BODIES.get(i % BODIES.size()).getBytes(StandardCharsets.UTF_8));
                producer.send(message);
                if (i % AT_ONCE == 0 || i == count) {
                    session.commit();
                }
            }
        } catch (ActiveMQException refused) {
            throw new IOException("the broker does not take a rightful member's messages", refused);
        } catch (Exception unclosed) { // Artemis' closing declares nothing narrower
            throw new IOException("the session with the broker does not end", unclosed);
        }
        stage.mark("put", count + " messages");
        long longest = System.nanoTime() + PATIENCE.toNanos();
        do {
            Thread.sleep(200);
            dead = dead(site) - before;
        } while (dead < count && System.nanoTime() < longest);
        until = System.currentTimeMillis();
        try (Stream<String> lines = Files.lines(site.directory().root().resolve("node.log"))) {
            alarm = lines.skip(written).anyMatch(line -> line.contains(ALARM));
        }
    }

    /** How many dead letters the node has counted since its start. */
    private static long dead(SingleSite site) throws IOException, InterruptedException {
        Matcher meter = DEAD.matcher(site.management("prometheus"));
        return meter.find() ? (long) Double.parseDouble(meter.group(1)) : 0;
    }

    private static TransportConfiguration transport(SingleSite site) throws IOException {
        TrustFiles files = new TrustFiles(site.directory().root());
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.HOST_PROP_NAME, "127.0.0.1");
        parameters.put(TransportConstants.PORT_PROP_NAME, site.brokerPort());
        parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3");
        // The demonstration's broker has no name in its certificate; whose it is the trust store says.
        parameters.put(TransportConstants.VERIFY_HOST_PROP_NAME, false);
        parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "PKCS12");
        parameters.put(
                TransportConstants.TRUSTSTORE_PATH_PROP_NAME, files.trusted().toString());
        parameters.put(
                TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME,
                files.secrets().read(TrustFiles.TRUSTED_SECRET));
        parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
        parameters.put(
                TransportConstants.KEYSTORE_PATH_PROP_NAME,
                files.client(SENDER).resolve("client.p12").toString());
        parameters.put(
                TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, files.secrets().read("client-" + SENDER.dotted()));
        return new TransportConfiguration(NettyConnectorFactory.class.getName(), parameters);
    }

    @Override
    List<Observation> observe(Stage stage, SingleSite site) throws IOException {
        List<Told> neighbours = stage.told(since, until);
        long well = neighbours.stream().filter(Told::said).count();
        return List.of(
                new Observation(
                        Promise.P12,
                        dead == count && alarm,
                        count + " messages put: " + dead + " dead letters within " + (until - since) / 1_000 + " s, "
                                + (alarm ? "an alarm" : "no alarm") + " in node.log"),
                new Observation(
                        Promise.P12,
                        neighbours.size() - well <= FEW || well * 100 >= neighbours.size() * (long) PERCENT,
                        well + " of " + neighbours.size() + " others were answered meanwhile"));
    }
}
