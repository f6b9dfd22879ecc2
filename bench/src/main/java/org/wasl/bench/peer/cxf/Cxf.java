package org.wasl.bench.peer.cxf;

import jakarta.xml.ws.Dispatch;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.WebServiceException;
import jakarta.xml.ws.soap.SOAPBinding;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.xml.namespace.QName;
import javax.xml.transform.dom.DOMSource;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxws.DispatchImpl;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transport.http_jetty.JettyHTTPServerEngineFactory;
import org.apache.cxf.transport.http_jetty.ThreadingParameters;
import org.apache.cxf.transports.http.configuration.ConnectionType;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.apache.cxf.ws.security.SecurityConstants;
import org.apache.wss4j.common.cache.MemoryReplayCache;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.load.Workload;
import org.wasl.bench.peer.message.FreePort;
import org.wasl.bench.peer.message.MessageTable;
import org.wasl.bench.peer.message.Party;
import org.wasl.bench.peer.message.Payloads;
import org.wasl.bench.peer.message.PlatformXml;
import org.wasl.bench.peer.message.Variant;
import org.wasl.bench.peer.message.Wire;
import org.wasl.bench.peer.wss.HeldKeyCrypto;

/** A signed SOAP request and its signed reply over HTTP on loopback; both sides verify, and store both messages. */
public final class Cxf implements Workload {

    private static final String NAMESPACE = "urn:wasl:bench:soap:1";
    private static final int THREADS_MIN = 16;
    private static final int THREADS_MAX = 80;

    private record Running(
            Bus bus,
            Server server,
            Client client,
            Dispatch<DOMSource> dispatch,
            MessageTable sent,
            MessageTable answered) {}

    private final Variant variant;
    private final Wire requests;
    private final Wire replies;
    private @Nullable Running running;

    public Cxf(Variant variant) {
        this(variant, Wire.CLEAN, Wire.CLEAN);
    }

    /**
     * @param requests what happens to requests on their way
     * @param replies what happens to replies on their way
     */
    Cxf(Variant variant, Wire requests, Wire replies) {
        this.variant = variant;
        this.requests = requests;
        this.replies = replies;
    }

    @Override
    public String name() {
        return variant.name("cxf");
    }

    @Override
    public void start(Path directory) throws Exception {
        PlatformXml.prefer();
        // First, so that what it adds to the JVM's providers comes after the preferred one.
        WSSConfig.init();
        variant.cryptography().prefer();
        Party consumer = Party.make("consumer", variant.cryptography().provider());
        Party provider = Party.make("provider", variant.cryptography().provider());
        MessageTable sent = variant.table(directory.resolve("consumer.db"));
        MessageTable answered = variant.table(directory.resolve("provider.db"));
        int port = FreePort.find();
        String address = "http://127.0.0.1:" + port + "/record";
        Bus bus = new ExtensionManagerBus();
        BusFactory.setDefaultBus(bus);
        Server server = serve(bus, port, address, new HeldKeyCrypto(provider, consumer), answered);
        Dispatch<DOMSource> dispatch = dispatch(address);
        Client client = ((DispatchImpl<DOMSource>) dispatch).getClient();
        secure(client, new HeldKeyCrypto(consumer, provider), sent);
        running = new Running(bus, server, client, dispatch, sent, answered);
    }

    private Server serve(Bus bus, int port, String address, HeldKeyCrypto crypto, MessageTable table) throws Exception {
        if (variant == Variant.TUNED) {
            ThreadingParameters threads = new ThreadingParameters();
            threads.setMinThreads(THREADS_MIN);
            threads.setMaxThreads(THREADS_MAX);
            bus.getExtension(JettyHTTPServerEngineFactory.class)
                    .createJettyHTTPServerEngine("127.0.0.1", port, "http")
                    .setThreadingParameters(threads);
        }
        JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean();
        factory.setBus(bus);
        factory.setServiceBean(new RecordService());
        factory.setAddress(address);
        // Its own choice where Ehcache is on the class path is a cache on disk.
        factory.setProperties(Map.of(SecurityConstants.TIMESTAMP_CACHE_INSTANCE, new MemoryReplayCache()));
        factory.getInInterceptors().add(new KeepArrived(requests));
        factory.getInInterceptors().add(SignedSoap.verifying(crypto));
        factory.getInInterceptors().add(new StoreVerified(table, "consumer", variant == Variant.DEFAULTS));
        factory.getOutInterceptors().add(SignedSoap.signing(crypto, "provider"));
        factory.getOutInterceptors().add(new StoreSent(table, "consumer"));
        return factory.create();
    }

    private static Dispatch<DOMSource> dispatch(String address) {
        QName portName = new QName(NAMESPACE, "RecordPort");
        Service service = Service.create(new QName(NAMESPACE, "RecordService"));
        service.addPort(portName, SOAPBinding.SOAP11HTTP_BINDING, address);
        return service.createDispatch(portName, DOMSource.class, Service.Mode.PAYLOAD);
    }

    private void secure(Client client, HeldKeyCrypto crypto, MessageTable table) {
        client.getInInterceptors().add(new KeepArrived(replies));
        client.getInInterceptors().add(SignedSoap.verifying(crypto));
        client.getInInterceptors().add(new StoreVerified(table, "provider", true));
        client.getOutInterceptors().add(SignedSoap.signing(crypto, "consumer"));
        client.getOutInterceptors().add(new StoreSent(table, "provider"));
        client.setThreadLocalRequestContext(true);
        if (variant == Variant.TUNED) {
            HTTPClientPolicy policy = new HTTPClientPolicy();
            policy.setConnection(ConnectionType.KEEP_ALIVE);
            policy.setAllowChunking(false);
            ((HTTPConduit) client.getConduit()).setClient(policy);
        }
    }

    @Override
    public CompletionStage<?> call(long number) {
        try {
            DOMSource request =
                    new DOMSource(Payloads.parse(Payloads.request(number)).getOwnerDocument());
            DOMSource answer = Objects.requireNonNull(running).dispatch().invoke(request);
            Payloads.requireRecord(RecordService.root(answer));
            return CompletableFuture.completedFuture(null);
        } catch (WebServiceException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What the consumer stored. */
    MessageTable consumerTable() {
        return Objects.requireNonNull(running).sent();
    }

    /** What the provider stored. */
    MessageTable providerTable() {
        return Objects.requireNonNull(running).answered();
    }

    @Override
    public Map<String, String> settings() {
        boolean tuned = variant == Variant.TUNED;
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("signature", "WS-Security, Timestamp and Body; ECDSA P-256, SHA-256; certificate in the message");
        settings.put("signatures", "request and reply, each made once and verified once; keys in memory");
        settings.put("provider", variant.cryptography().description());
        settings.put("replay cache", "of timestamps, in memory");
        settings.put(
                "payload",
                "DOM, no JAXB; request " + Payloads.request(0).length + " octets, reply " + Payloads.recordBytes()
                        + " octets");
        settings.put("storage", "both messages by both sides (four rows), each before it goes on");
        settings.put(
                "storage kind", running == null ? "not started" : running.sent().description());
        settings.put("transport", tuned ? "HTTP kept alive, no chunks" : "HTTP, CXF's default client");
        settings.put(
                "server", tuned ? "Jetty, " + THREADS_MIN + " to " + THREADS_MAX + " threads" : "Jetty, its defaults");
        return settings;
    }

    @Override
    public void close() throws Exception {
        Running current = running;
        if (current == null) {
            return;
        }
        current.client().destroy();
        current.server().destroy();
        current.bus().shutdown(true);
        current.sent().close();
        current.answered().close();
    }
}
