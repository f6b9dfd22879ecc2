package org.wasl.agencies.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.GeneralSecurityException;
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

/** One SOAP service over loopback HTTP with basic authentication. Not safe for many threads: its server guards it. */
public final class SoapHost {

    private static final Logger LOG = LoggerFactory.getLogger(SoapHost.class);
    private static final String HOST = "127.0.0.1";
    private static final int MAX_THREADS = 16;
    private static final int MAX_IDLE_MILLIS = 30_000;

    static {
        // CXF would log through java.util.logging to the console.
        LogUtils.setLoggerClass(Slf4jLogger.class);
    }

    private final String name;
    private final String path;
    private final BasicAuthentication authentication;
    private @Nullable Bus bus;
    private @Nullable Server server;
    private int port;

    /**
     * @param name what its threads are called
     * @param path the service's path, beginning with {@code /}
     */
    public SoapHost(String name, String path, String user, String password) {
        this.name = name;
        this.path = path;
        this.authentication = new BasicAuthentication(user, password);
    }

    /**
     * Starts it.
     *
     * @param wantedPort 0 for any free one
     * @param bean answers; a service as CXF knows them
     * @return the port
     * @throws IOException when it does not start
     */
    public int start(int wantedPort, Object bean) throws IOException {
        int chosen = wantedPort == 0 ? freePort() : wantedPort;
        Bus own = BusFactory.newInstance().createBus();
        bus = own;
        try {
            engine(own, chosen);
            JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean();
            factory.setBus(own);
            factory.setServiceClass(bean.getClass());
            factory.setServiceBean(bean);
            factory.setAddress(address(chosen).toString());
            factory.getProperties(true).put(FaultListener.class.getName(), (FaultListener) SoapHost::quietly);
            factory.getInInterceptors().add(authentication);
            server = factory.create();
            port = chosen;
            return chosen;
        } catch (GeneralSecurityException | ServiceConstructionException e) {
            stop();
            throw new IOException("the SOAP service " + name + " does not start on port " + chosen, e);
        }
    }

    public void stop() {
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

    public boolean running() {
        return server != null;
    }

    /** The port it listens on, or the last one. */
    public int port() {
        return port;
    }

    /** Where to post. */
    public URI address() {
        return address(port);
    }

    private URI address(int at) {
        return URI.create("http://" + HOST + ":" + at + path);
    }

    /** A fault is an answer here: CXF's own warning with a stack trace for each would flood the log. */
    private static boolean quietly(Exception fault, String description, Message message) {
        LOG.debug("{}: {}", description, fault.getMessage());
        return false;
    }

    private void engine(Bus of, int at) throws GeneralSecurityException, IOException {
        JettyHTTPServerEngineFactory engines = of.getExtension(JettyHTTPServerEngineFactory.class);
        JettyHTTPServerEngine engine = engines.createJettyHTTPServerEngine(HOST, at, "http");
        ThreadingParameters threads = new ThreadingParameters();
        threads.setMinThreads(4);
        threads.setMaxThreads(MAX_THREADS);
        threads.setThreadNamePrefix(name);
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
