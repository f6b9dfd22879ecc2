package org.wasl.bench.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.Connectors;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.site.Site;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.routes.broker.BrokerConnections;
import org.wasl.routes.composite.CompositeDeclarations;
import org.wasl.routes.composite.CompositeNode;
import org.wasl.routes.composite.CompositeParts;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.exchange.ExchangeNode;
import org.wasl.routes.exchange.ExchangeParts;
import org.wasl.routes.exchange.ExchangeSettings;
import org.wasl.security.agreement.RegistryAccessPolicy;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.container.Spool;
import org.wasl.security.keys.MemberKeys;

/** One node as the program assembles it, with a log of its own on disk. */
final class BusNode implements AutoCloseable {

    /** As the program has them. */
    private static final int COMPOSITES_IN_FLIGHT = 256;

    private static final int COMPOSITE_THREADS = 8;
    private static final Duration LOG_TIMEOUT = Duration.ofSeconds(10);
    private static final long SPOOL_BYTES = 1L << 30;

    private final GroupCommitMessageLog log;
    private final Site site;
    private final CamelContext camel;
    private final ExchangeNode exchange;

    private final @Nullable CompositeNode composites;

    BusNode(Path directory, Federation federation, BrokerConnections broker, MemberKeys keys, Connectors connectors)
            throws LogStoreException, IOException {
        this(directory, federation, broker, keys, connectors, null);
    }

    /** @param declarations the composite services that it answers, or null */
    BusNode(
            Path directory,
            Federation federation,
            BrokerConnections broker,
            MemberKeys keys,
            Connectors connectors,
            @Nullable CompositeDeclarations declarations)
            throws LogStoreException, IOException {
        this(directory, federation, broker, keys, connectors, declarations, Storage.sqlite(directory));
    }

    /**
     * Where a node keeps what it must not lose.
     *
     * @param node the node's id
     * @param log its log
     * @param site what it shares with other nodes of its member
     */
    record Storage(String node, LogStore log, Site site) {

        static Storage sqlite(Path directory) throws LogStoreException {
            return new Storage(Federation.NODE, SqliteLogStore.open(directory.resolve("wasl.db")), Site.SINGLE);
        }
    }

    /** @param storage where it keeps its log */
    BusNode(
            Path directory,
            Federation federation,
            BrokerConnections broker,
            MemberKeys keys,
            Connectors connectors,
            @Nullable CompositeDeclarations declarations,
            Storage storage)
            throws IOException {
        site = storage.site();
        log = GroupCommitMessageLog.open(storage.log(), IndexKey.of(new byte[32]), LogSettings.defaults(), cause -> {});
        camel = new DefaultCamelContext();
        exchange = ExchangeNode.addTo(
                camel,
                new ExchangeParts(
                        federation.registry(),
                        keys,
                        new PayloadSealer(federation.path),
                        new AsicContainerSigner(),
                        new AsicContainerVerifier(federation.schemas, federation.path),
                        new RegistryAccessPolicy(Clock.systemUTC(), site.quotas()),
                        new AssertionVerifier(ClaimNames.DEFAULT),
                        federation.schemas,
                        log,
                        EvidenceGate.OPEN,
                        connectors,
                        broker,
                        service -> declarations != null
                                && declarations.find(service.code()).isPresent(),
                        Clock.systemUTC(),
                        ExchangeSettings.of(storage.node()),
                        Spool.open(directory.resolve("spool"), SPOOL_BYTES),
                        site));
        composites = declarations == null
                ? null
                : CompositeNode.addTo(camel, composing(federation, keys, exchange.client(), declarations));
        camel.start();
        exchange.recover();
    }

    private CompositeParts composing(
            Federation federation, MemberKeys keys, ExchangeClient exchanges, CompositeDeclarations declarations) {
        return new CompositeParts(
                declarations,
                exchanges,
                federation.registry(),
                keys,
                new AsicContainerSigner(),
                new AsicContainerVerifier(federation.schemas, federation.path),
                new RegistryAccessPolicy(Clock.systemUTC()),
                new AssertionVerifier(ClaimNames.DEFAULT),
                federation.schemas,
                log,
                EvidenceGate.OPEN,
                Clock.systemUTC(),
                COMPOSITES_IN_FLIGHT,
                COMPOSITE_THREADS,
                LOG_TIMEOUT);
    }

    /** The composite services that it was given. */
    CompositeNode composites() {
        return Objects.requireNonNull(composites, "it answers no composite services");
    }

    /** How many leaves its log has. */
    long leaves() {
        return log.size();
    }

    ExchangeClient client() {
        return exchange.client();
    }

    @Override
    public void close() {
        camel.stop();
        if (composites != null) {
            composites.close();
        }
        exchange.close();
        log.close();
        site.close();
    }
}
