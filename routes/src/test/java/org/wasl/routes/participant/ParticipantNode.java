package org.wasl.routes.participant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.Connector;
import org.wasl.connectors.Connectors;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.routes.composite.CompositeDeclarations;
import org.wasl.routes.composite.CompositeNode;
import org.wasl.routes.composite.CompositeParts;
import org.wasl.routes.composite.CompositeRequest;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.routes.exchange.DeferralSettings;
import org.wasl.routes.exchange.ExchangeNode;
import org.wasl.routes.exchange.ExchangeParts;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.routes.exchange.ExchangeSettings;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.agreement.RegistryAccessPolicy;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.container.Priority;
import org.wasl.security.container.Spool;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.RegistryFiles;

/** One member's node: its own keys, its own log, and what it is asked by a line of text. */
final class ParticipantNode {

    private static final SubsystemId LICENSING = SubsystemId.parse("JO/GOV/DVLD/licensing");
    private static final SubsystemId WEB = SubsystemId.parse("JO/GOV/PORTAL/web");
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final int TRACED = 100;
    private static final String CERTIFICATE = """
            service: JO/GOV/PORTAL/composer/no-conviction-certificate/v1
            name: {ar: شهادة عدم محكومية, en: No-conviction certificate}
            purpose: NO_CONVICTION_CERTIFICATE
            legal-basis: JO-LAW-CRIMINAL-RECORD
            deadline: PT90S
            inputs:
              - name: nationalNumber
                label: {ar: الرقم الوطني, en: National number}
                pattern: "[0-9]{10}"
                subject: true
            steps:
              - id: status
                service: JO/GOV/MOJ/justice/conviction-status/v1
                label: {ar: حالة المحكومية, en: Conviction status}
                parameters: {nationalNumber: request.nationalNumber}
                deadline: PT80S
                requires: exists(justice:result)
            """;

    private final MessageLog log;
    private final ExchangeNode exchange;
    private final @Nullable CompositeNode composites;

    private ParticipantNode(MessageLog log, ExchangeNode exchange, @Nullable CompositeNode composites) {
        this.log = log;
        this.exchange = exchange;
        this.composites = composites;
    }

    static ParticipantNode start(Role role, Federation federation)
            throws IOException, GeneralSecurityException, LogStoreException {
        MemberId member = role.member().orElseThrow();
        Path own = Files.createDirectories(federation.directory().resolve(role.name()));
        RegistryFiles registry = federation.registry();
        MemberKeys keys = federation.keys(member);
        MessageLog log = GroupCommitMessageLog.open(
                SqliteLogStore.open(own.resolve("wasl.db")),
                IndexKey.of(new byte[32]),
                LogSettings.defaults(),
                cause -> {});
        CertificatePath path = new CertificatePath(registry.revocationLists());
        CamelContext camel = new DefaultCamelContext();
        boolean composer = role == Role.COMPOSER;
        ExchangeNode exchange = ExchangeNode.addTo(
                camel,
                new ExchangeParts(
                        registry,
                        keys,
                        new PayloadSealer(path),
                        new AsicContainerSigner(),
                        new AsicContainerVerifier(Federation.SCHEMAS, path),
                        new RegistryAccessPolicy(Clock.systemUTC()),
                        new AssertionVerifier(ClaimNames.DEFAULT),
                        Federation.SCHEMAS,
                        log,
                        EvidenceGate.OPEN,
                        role == Role.PROVIDER ? new Reviews(federation.directory()) : new Nothing(),
                        federation.connections(member),
                        service -> composer && service.subsystem().equals(member.subsystem("composer")),
                        Clock.systemUTC(),
                        ExchangeSettings.of("node-1").withDeferrals(deferrals()),
                        Spool.open(own.resolve("spool"), 64L << 20)));
        CompositeNode composites =
                composer ? CompositeNode.addTo(camel, parts(exchange, registry, keys, path, log)) : null;
        camel.start();
        exchange.recover();
        if (composites != null) {
            composites.recover();
        }
        return new ParticipantNode(log, exchange, composites);
    }

    private static CompositeParts parts(
            ExchangeNode exchange, RegistryFiles registry, MemberKeys keys, CertificatePath path, MessageLog log) {
        return new CompositeParts(
                CompositeDeclarations.read(Map.of("no-conviction-certificate", CERTIFICATE)),
                exchange.client(),
                registry,
                keys,
                new AsicContainerSigner(),
                new AsicContainerVerifier(Federation.SCHEMAS, path),
                new RegistryAccessPolicy(Clock.systemUTC()),
                new AssertionVerifier(ClaimNames.DEFAULT),
                Federation.SCHEMAS,
                log,
                EvidenceGate.OPEN,
                Clock.systemUTC(),
                64,
                4,
                Duration.ofSeconds(10));
    }

    private static DeferralSettings deferrals() {
        return new DeferralSettings(
                1_000,
                Duration.ofDays(1),
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5));
    }

    /** It provides nothing. */
    private static final class Nothing implements Connectors {

        @Override
        public Optional<Connector> connector(ServiceId service) {
            return Optional.empty();
        }

        @Override
        public Set<ServiceId> services() {
            return Set.of();
        }
    }

    /** Does what the line says: {@code ask ID NUMBER}, {@code cancel ID}, {@code state ID}, {@code trace CORRELATION}. */
    String answer(String line) {
        String[] words = line.split(" ", -1);
        return switch (words[0]) {
            case "ask" -> ask(UUID.fromString(words[1]), words[2]);
            case "cancel" -> cancel(UUID.fromString(words[1]));
            case "state" -> state(UUID.fromString(words[1]));
            case "trace" -> trace(words[1]);
            default -> throw new IllegalArgumentException(line);
        };
    }

    private String ask(UUID id, String number) {
        if (composites == null) {
            exchange.client().submit(exchangeRequest(id, number));
        } else {
            composites.ask(compositeRequest(id, number));
        }
        return "asked";
    }

    private String cancel(UUID id) {
        if (composites == null) {
            exchange.client().cancel(LICENSING, id);
        } else {
            composites.cancel(id);
        }
        return "cancelling";
    }

    private String state(UUID id) {
        return composites == null
                ? exchange.client()
                        .find(LICENSING, id)
                        .map(ParticipantNode::state)
                        .orElse("NONE")
                : composites.track(id).map(ParticipantNode::state).orElse("NONE");
    }

    private static String state(ExchangeResult result) {
        if (result instanceof ExchangeResult.Deferred) {
            return "DEFERRED";
        }
        return result instanceof ExchangeResult.Answered answered
                ? "ANSWERED " + answered.reply().header().messageId()
                : faulted(
                        ((ExchangeResult.Faulted) result).fault().code().wireCode(),
                        ((ExchangeResult.Faulted) result).container());
    }

    private static String state(CompositeResult result) {
        if (result instanceof CompositeResult.Running) {
            return "RUNNING";
        }
        if (result instanceof CompositeResult.Pending) {
            return "DEFERRED";
        }
        return result instanceof CompositeResult.Answered answered
                ? "ANSWERED " + answered.answer().header().messageId()
                : faulted(
                        ((CompositeResult.Faulted) result).fault().code().wireCode(),
                        ((CompositeResult.Faulted) result).container());
    }

    private static String faulted(String code, Optional<Container> signed) {
        return signed.map(container ->
                        "FAULTED " + code + " " + container.header().messageId())
                .orElse("UNSIGNED " + code);
    }

    /** Every message of this correlation id: direction, kind, id, and the request that it is about. */
    private String trace(String correlation) {
        return log.correlated(correlation, TRACED).stream()
                .map(ParticipantNode::word)
                .collect(Collectors.joining(" "));
    }

    private static String word(StoredMessage stored) {
        return stored.direction() + ":" + stored.kind() + ":" + stored.messageId() + ":"
                + Objects.requireNonNullElse(stored.inReplyTo(), stored.messageId());
    }

    private static ExchangeRequest exchangeRequest(UUID id, String number) {
        return new ExchangeRequest(
                id,
                id.toString(),
                LICENSING,
                Reviews.STATUS,
                Map.of("nationalNumber", number),
                new Actor(ActorKind.SYSTEM, AssuranceLevel.HIGH, "licensing-1", null),
                null,
                "LICENSING",
                "JO-LAW-18-2023",
                "WEB",
                "ar",
                Priority.NORMAL,
                TIMEOUT,
                null);
    }

    private static CompositeRequest compositeRequest(UUID id, String number) {
        return new CompositeRequest(
                id,
                WEB,
                "no-conviction-certificate",
                Map.of("nationalNumber", number),
                new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "citizen-1", null),
                null,
                null,
                null,
                "WEB",
                "ar",
                Priority.NORMAL,
                null,
                null);
    }
}
