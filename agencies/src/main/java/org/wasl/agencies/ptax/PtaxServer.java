package org.wasl.agencies.ptax;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.common.logging.LogUtils;
import org.apache.cxf.common.logging.Slf4jLogger;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.message.Message;
import org.apache.cxf.service.factory.ServiceConstructionException;
import org.apache.cxf.transport.http_jetty.JettyHTTPServerEngine;
import org.apache.cxf.transport.http_jetty.JettyHTTPServerEngineFactory;
import org.apache.cxf.transport.http_jetty.ThreadingParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.agencies.server.Reads;

/** The property tax office's SOAP service, loopback only, WSDL at {@code ?wsdl}. */
public final class PtaxServer implements AgencyServer {

    private static final Logger LOG = LoggerFactory.getLogger(PtaxServer.class);
    private static final String HOST = "127.0.0.1";
    private static final int MAX_THREADS = 16;
    private static final int MAX_IDLE_MILLIS = 30_000;

    static {
        // CXF would log through java.util.logging to the console.
        LogUtils.setLoggerClass(Slf4jLogger.class);
    }

    private final Population population;
    private final String user;
    private final String password;
    private final Reads reads = new Reads();
    private @Nullable Bus bus;
    private @Nullable Server server;
    private int port;

    public PtaxServer(Population population, String user, String password) {
        this.population = population;
        this.user = user;
        this.password = password;
    }

    @Override
    public synchronized int start(int wantedPort) throws IOException {
        if (running()) {
            throw new IllegalStateException("the property tax service already runs on port " + port);
        }
        int chosen = wantedPort == 0 ? freePort() : wantedPort;
        Bus own = BusFactory.newInstance().createBus();
        bus = own;
        try {
            engine(own, chosen);
            JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean();
            factory.setBus(own);
            factory.setServiceClass(PropertyOffice.class);
            factory.setServiceBean(new PropertyOffice(population, reads));
            factory.setAddress(address(chosen).toString());
            factory.getProperties(true).put(FaultListener.class.getName(), (FaultListener) PtaxServer::quietly);
            factory.getInInterceptors().add(new BasicAuthentication(user, password));
            server = factory.create();
            port = chosen;
            return chosen;
        } catch (GeneralSecurityException | ServiceConstructionException e) {
            stop();
            throw new IOException("the property tax service does not start on port " + chosen, e);
        }
    }

    @Override
    public synchronized void stop() {
        reads.release();
        Server soap = server;
        server = null;
        if (soap != null) {
            soap.destroy();
        }
        Bus own = bus;
        bus = null;
        if (own != null) {
            own.shutdown(true);
        }
    }

    /** Where to post; {@code ?wsdl} behind it gives the contract. */
    public synchronized URI endpoint() {
        return address(port);
    }

    @Override
    public synchronized int port() {
        return port;
    }

    @Override
    public synchronized boolean running() {
        return server != null;
    }

    @Override
    public Reads reads() {
        return reads;
    }

    @Override
    public void delay(Duration delay) {
        reads.delay(delay);
    }

    /** A fault is an answer here: CXF's own warning with a stack trace for each would flood the log. */
    private static boolean quietly(Exception fault, String description, Message message) {
        LOG.debug("{}: {}", description, fault.getMessage());
        return false;
    }

    private static URI address(int port) {
        return URI.create("http://" + HOST + ":" + port + "/ptax/accounts");
    }

    private static void engine(Bus bus, int port) throws GeneralSecurityException, IOException {
        JettyHTTPServerEngineFactory engines = bus.getExtension(JettyHTTPServerEngineFactory.class);
        JettyHTTPServerEngine engine = engines.createJettyHTTPServerEngine(HOST, port, "http");
        ThreadingParameters threads = new ThreadingParameters();
        threads.setMinThreads(4);
        threads.setMaxThreads(MAX_THREADS);
        threads.setThreadNamePrefix("ptax");
        engine.setThreadingParameters(threads);
        engine.setMaxIdleTime(MAX_IDLE_MILLIS);
        engine.setSendServerVersion(false);
    }

    /** CXF cannot bind port 0: ask the kernel for one, and take it. */
    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
