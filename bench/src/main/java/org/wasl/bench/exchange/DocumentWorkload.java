package org.wasl.bench.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.load.Workload;
import org.wasl.connectors.Connector;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.Connectors;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.EmbeddedBroker;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.TimeOrderedId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.Priority;
import org.wasl.security.registry.ActorRule;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Parameter;
import org.wasl.security.registry.Quota;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;
import org.wasl.security.registry.Subsystem;

/**
 * One exchange whose answer is a document of a given size: computed as it is read, signed into a file, kept in both logs,
 * streamed through the broker, and at the end read from the consumer's log. The settings tell how large the heap ever was.
 */
public final class DocumentWorkload implements Workload {

    /** One mebibyte. */
    public static final int USUAL_OCTETS = 1_048_576;

    private static final ServiceId PLANS = Federation.FINES.subsystem().service("site-plan", 1);
    private static final Label NAME = new Label("مخطط موقع", "Site plan");
    private static final BrokerSettings.Quotas UNLIMITED = new BrokerSettings.Quotas(256, 64, 1_000_000);
    private static final long MESSAGE_OCTETS = 11L << 20;
    private static final int PATIENCE_SECONDS = 30;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final int documentOctets;
    private @Nullable Federation federation;
    private @Nullable EmbeddedBroker broker;
    private @Nullable BusNode provider;
    private @Nullable BusNode consumer;
    private @Nullable ExchangeClient client;

    /**
     * @param documentOctets how large the document is
     */
    public DocumentWorkload(int documentOctets) {
        this.documentOctets = documentOctets;
    }

    @Override
    public String name() {
        return "document";
    }

    @Override
    public void start(Path directory) throws Exception {
        Federation trusted = new Federation(
                directory.resolve("trust"), Scale.SAMPLES, SigningMode.SOFTWARE, DocumentWorkload::withPlans);
        federation = trusted;
        EmbeddedBroker started = new EmbeddedBroker(
                BrokerSettings.at(directory.resolve("broker")).withQuotas(UNLIMITED, MESSAGE_OCTETS),
                trusted.registry(),
                Set.of(Federation.DVLD),
                (certificate, now) -> Optional.empty(),
                Clock.systemUTC());
        broker = started;
        started.start();
        provider = new BusNode(
                Files.createDirectories(directory.resolve("provider")),
                trusted,
                started.connections(Federation.DVLD),
                trusted.keys(Federation.DVLD),
                new Plans(documentOctets));
        BusNode asking = new BusNode(
                Files.createDirectories(directory.resolve("consumer")),
                trusted,
                started.connections(Federation.PORTAL),
                trusted.keys(Federation.PORTAL),
                new FixedRecords(Map.of()));
        consumer = asking;
        client = asking.client();
        // Whatever is set up wrong is told now.
        call(0).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Registry withPlans(Registry registry) {
        Service plans = new Service(
                PLANS,
                NAME,
                List.of(new Parameter("nationalNumber", true, Pattern.compile("[0-9]{10}"), true)),
                Service.DOCUMENTS,
                "1.0",
                Set.of("GET"));
        List<Member> members =
                registry.members().stream().map(member -> with(plans, member)).toList();
        List<Agreement> agreements = new ArrayList<>(registry.agreements());
        agreements.add(new Agreement(
                "bench-plans",
                Federation.WEB,
                PLANS,
                Map.of("GENERAL_CLEARANCE", Set.of("JO-BYLAW-CLEARANCE")),
                List.of(ActorRule.unconditional(ActorKind.SYSTEM)),
                List.of(Service.DOCUMENT_PATH),
                Quota.UNLIMITED,
                null,
                false,
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2036-01-01T00:00:00Z"),
                null,
                null));
        return new Registry(
                registry.instance(),
                registry.version(),
                registry.issued(),
                registry.expires(),
                registry.grace(),
                registry.trusted(),
                registry.evidence().orElse(null),
                members,
                agreements);
    }

    private static Member with(Service plans, Member member) {
        return new Member(
                member.id(),
                member.name(),
                member.nodes(),
                member.certificates(),
                member.subsystems().stream()
                        .map(subsystem ->
                                subsystem.id().equals(plans.id().subsystem()) ? with(plans, subsystem) : subsystem)
                        .toList());
    }

    private static Subsystem with(Service plans, Subsystem subsystem) {
        List<Service> services = new ArrayList<>(subsystem.services());
        services.add(plans);
        return new Subsystem(subsystem.id(), subsystem.name(), services);
    }

    @Override
    public CompletionStage<?> call(long number) {
        ExchangeClient started = client;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        String person = String.format("999%07d", number % 10_000_000);
        return started.submit(request(person)).thenApply(this::checked);
    }

    private static ExchangeRequest request(String person) {
        UUID id = TimeOrderedId.next();
        return new ExchangeRequest(
                id,
                "bench-" + id,
                Federation.WEB,
                PLANS,
                Map.of("nationalNumber", person),
                new Actor(ActorKind.SYSTEM, AssuranceLevel.HIGH, "bench", null),
                null,
                "GENERAL_CLEARANCE",
                "JO-BYLAW-CLEARANCE",
                "WEB",
                "ar",
                Priority.NORMAL,
                Duration.ofSeconds(60),
                null);
    }

    private ExchangeResult.Answered checked(ExchangeResult result) {
        if (!(result instanceof ExchangeResult.Answered answered)) {
            throw new IllegalStateException("no answer: " + result);
        }
        ContainerContent whole = answered.reply().whole();
        if (whole == null || read(whole) != whole.length() || whole.length() < documentOctets) {
            throw new IllegalStateException("the answer is not the document");
        }
        return answered;
    }

    private static long read(ContainerContent whole) {
        byte[] buffer = new byte[BUFFER_BYTES];
        long length = 0;
        try (InputStream octets = whole.open(0)) {
            for (int read = octets.read(buffer); read >= 0; read = octets.read(buffer)) {
                length += read;
            }
            return length;
        } catch (IOException e) {
            throw new IllegalStateException("the document cannot be read from the log", e);
        }
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("payload", documentOctets + " octets, a document");
        settings.put("logs", "two, SQLite, synchronous=FULL");
        settings.put("broker", "Artemis, embedded, in the same process");
        settings.put("heapBound", Long.toString(Runtime.getRuntime().maxMemory()));
        settings.put("heapPeak", Long.toString(heapPeak()));
        return settings;
    }

    /** The most that the heap's pools were ever filled with, garbage and all. */
    private static long heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {consumer, provider, broker, federation}) {
            if (part != null) {
                part.close();
            }
        }
    }

    /** Gives a document of octets that are computed as they are read. */
    private record Plans(int length) implements Connectors, Connector {

        @Override
        public ConnectorResult fetch(ConnectorQuery query) {
            return new ConnectorResult.Document("application/pdf", () -> new Octets(length), Instant.now());
        }

        @Override
        public Optional<Connector> connector(ServiceId service) {
            return service.equals(PLANS) ? Optional.of(this) : Optional.empty();
        }

        @Override
        public Set<ServiceId> services() {
            return Set.of(PLANS);
        }
    }

    private static final class Octets extends InputStream {

        private int left;

        Octets(int length) {
            this.left = length;
        }

        @Override
        public int read() {
            return left == 0 ? -1 : left-- & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = Math.min(length, left);
            for (int i = 0; i < count; i++) {
                into[offset + i] = (byte) left--;
            }
            return count;
        }
    }
}
