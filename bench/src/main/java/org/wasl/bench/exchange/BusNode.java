package org.wasl.bench.exchange;

import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.wasl.connectors.Connectors;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.routes.broker.BrokerConnections;
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
import org.wasl.security.keys.MemberKeys;

/** One node as the program assembles it, with a log of its own on disk. */
final class BusNode implements AutoCloseable {

    private final GroupCommitMessageLog log;
    private final CamelContext camel;
    private final ExchangeNode exchange;

    BusNode(Path directory, Federation federation, BrokerConnections broker, MemberKeys keys, Connectors connectors)
            throws LogStoreException {
        log = GroupCommitMessageLog.open(
                SqliteLogStore.open(directory.resolve("wasl.db")),
                IndexKey.of(new byte[32]),
                LogSettings.defaults(),
                cause -> {});
        camel = new DefaultCamelContext();
        exchange = ExchangeNode.addTo(
                camel,
                new ExchangeParts(
                        federation.registry(),
                        keys,
                        new PayloadSealer(federation.path),
                        new AsicContainerSigner(),
                        new AsicContainerVerifier(federation.schemas, federation.path),
                        new RegistryAccessPolicy(Clock.systemUTC()),
                        new AssertionVerifier(ClaimNames.DEFAULT),
                        federation.schemas,
                        log,
                        EvidenceGate.OPEN,
                        connectors,
                        broker,
                        service -> false,
                        Clock.systemUTC(),
                        ExchangeSettings.of(Federation.NODE)));
        camel.start();
        exchange.recover();
    }

    ExchangeClient client() {
        return exchange.client();
    }

    @Override
    public void close() {
        camel.stop();
        exchange.close();
        log.close();
    }
}
