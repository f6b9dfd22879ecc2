package org.wasl.bench.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.load.Workload;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.EmbeddedBroker;
import org.wasl.routes.composite.CompositeDeclarations;
import org.wasl.routes.composite.CompositeNode;
import org.wasl.routes.composite.CompositeRequest;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.TimeOrderedId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.Priority;
import org.wasl.security.crypto.CryptoProvider;

/**
 * One request of a person that four agencies answer in parallel, consolidated and signed: five nodes, each with a log
 * of its own on disk, over one broker.
 */
public final class CompositeWorkload implements Workload {

    private static final String SERVICE = "general-clearance";
    private static final int PATIENCE_SECONDS = 30;
    private static final int RECORD_OCTETS = 2_048;
    private static final BrokerSettings.Quotas UNLIMITED = new BrokerSettings.Quotas(256, 512, 1_000_000);
    private static final long MESSAGE_OCTETS = 1L << 20;
    private static final MemberId CSPD = MemberId.parse("JO/GOV/CSPD");
    private static final MemberId PTAX = MemberId.parse("JO/GOV/PTAX");
    private static final MemberId MOJ = MemberId.parse("JO/GOV/MOJ");
    private static final byte[] ALIVE = octets(
            "<civil:lifeStatus xmlns:civil=\"urn:wasl:civil:1\"><civil:status>ALIVE</civil:status></civil:lifeStatus>");
    private static final byte[] PAID =
            octets("<property:accounts xmlns:property=\"urn:wasl:property:1\"><property:totalDue currency=\"JOD\">0.000"
                    + "</property:totalDue><property:clearance><property:eligible>true</property:eligible>"
                    + "</property:clearance></property:accounts>");
    private static final byte[] FREE = octets("<justice:attachments xmlns:justice=\"urn:wasl:justice:1\">"
            + "<justice:any>false</justice:any></justice:attachments>");

    private static final Pattern SOURCE = Pattern.compile(
            "<consolidated:source><consolidated:step>([^<]*)<.*?<consolidated:status>([^<]*)<(.*?)</consolidated:source>");
    private static final Pattern FAULT_TEXT = Pattern.compile("<fault:(?:code|detail)>([^<]*)<");

    private final List<AutoCloseable> parts = new ArrayList<>();
    private @Nullable CompositeNode composites;

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return "composite";
    }

    @Override
    public void start(Path directory) throws Exception {
        Federation federation = new Federation(directory.resolve("trust"), Scale.SAMPLES);
        parts.add(federation);
        Map<MemberId, FixedRecords> agencies = new LinkedHashMap<>();
        agencies.put(CSPD, answering("JO/GOV/CSPD/registry/life-status/v1", ALIVE));
        agencies.put(
                Federation.DVLD, answering("JO/GOV/DVLD/fines/fines-of-person/v1", FixedRecords.fines(RECORD_OCTETS)));
        agencies.put(PTAX, answering("JO/GOV/PTAX/property/property-account/v1", PAID));
        agencies.put(MOJ, answering("JO/GOV/MOJ/justice/attachments/v1", FREE));
        EmbeddedBroker broker = new EmbeddedBroker(
                BrokerSettings.at(directory.resolve("broker")).withQuotas(UNLIMITED, MESSAGE_OCTETS),
                federation.registry(),
                agencies.keySet(),
                (certificate, now) -> Optional.empty(),
                Clock.systemUTC());
        parts.add(broker);
        broker.start();
        for (Map.Entry<MemberId, FixedRecords> agency : agencies.entrySet()) {
            parts.add(node(directory, federation, broker, agency.getKey(), agency.getValue(), null));
        }
        BusNode portal =
                node(directory, federation, broker, Federation.PORTAL, new FixedRecords(Map.of()), declarations());
        parts.add(portal);
        composites = portal.composites();
        // Whatever is set up wrong is told now.
        call(0).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static FixedRecords answering(String service, byte[] octets) {
        return new FixedRecords(Map.of(ServiceId.parse(service), octets));
    }

    private static BusNode node(
            Path directory,
            Federation federation,
            EmbeddedBroker broker,
            MemberId member,
            FixedRecords records,
            @Nullable CompositeDeclarations declarations)
            throws Exception {
        Path own = Files.createDirectories(directory.resolve(member.dotted()));
        return new BusNode(own, federation, broker.connections(member), federation.keys(member), records, declarations);
    }

    private static CompositeDeclarations declarations() throws IOException {
        try (InputStream in = CompositeWorkload.class.getResourceAsStream("four-agencies.yaml")) {
            if (in == null) {
                throw new IOException("four-agencies.yaml is missing");
            }
            return CompositeDeclarations.read(Map.of(SERVICE, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    @Override
    public CompletionStage<?> call(long number) {
        CompositeNode asked = composites;
        if (asked == null) {
            throw new IllegalStateException("not started");
        }
        CompositeRequest request = new CompositeRequest(
                TimeOrderedId.next(),
                Federation.WEB,
                SERVICE,
                Map.of("nationalNumber", String.format("999%07d", number % 10_000_000)),
                new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "bench", null),
                null,
                null,
                null,
                "WEB",
                "ar",
                Priority.NORMAL,
                null,
                null);
        return asked.ask(request).thenApply(CompositeWorkload::checked);
    }

    /** All four agencies must have answered. */
    private static CompositeResult.Answered checked(CompositeResult result) {
        if (!(result instanceof CompositeResult.Answered answered)) {
            throw new IllegalStateException("no answer: " + result);
        }
        String payload = new String(answered.answer().payload(), StandardCharsets.UTF_8);
        if (!payload.contains(">COMPLETE<")) {
            throw new IllegalStateException("not complete: " + sources(payload));
        }
        return answered;
    }

    /** What became of each source: its step, its status, and the code and detail of its fault. */
    private static String sources(String payload) {
        return SOURCE.matcher(payload)
                .results()
                .map(source -> source.group(1) + " " + source.group(2)
                        + FAULT_TEXT
                                .matcher(source.group(3))
                                .results()
                                .map(text -> " " + text.group(1))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("; "));
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "agencies", "4, in parallel, each with a node and a log of its own",
                "signature",
                        "ECDSA P-256, SHA-256, by " + CryptoProvider.chosen().name(),
                "logs", "five, SQLite, synchronous=FULL",
                "broker", "Artemis, embedded, in the same process");
    }

    @Override
    public void close() throws Exception {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
    }
}
