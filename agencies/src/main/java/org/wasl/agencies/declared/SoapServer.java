package org.wasl.agencies.declared;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.wasl.agencies.server.Reads;
import org.wasl.agencies.server.SoapHost;

/** A SOAP service, loopback only. */
final class SoapServer implements DeclaredServer {

    private final String agency;
    private final BackEndSpec.Server.Soap spec;
    private final SampleData data;
    private final SoapHost host;
    private final Reads reads = new Reads();

    SoapServer(String agency, BackEndSpec.Server.Soap spec, SampleData data, String password) {
        this.agency = agency;
        this.spec = spec;
        this.data = data;
        this.host = new SoapHost(agency, spec.path(), spec.user(), password);
    }

    @Override
    public synchronized int start(int wantedPort) throws IOException {
        if (running()) {
            throw new IllegalStateException(agency + " already runs on port " + host.port());
        }
        return host.start(wantedPort, new SoapOperations(agency, spec, data, reads));
    }

    @Override
    public synchronized void stop() {
        reads.release();
        host.stop();
    }

    @Override
    public synchronized Map<String, String> properties() {
        return Map.of(spec.property(), host.address().toString(), spec.userProperty(), spec.user());
    }

    @Override
    public synchronized int port() {
        return host.port();
    }

    @Override
    public synchronized boolean running() {
        return host.running();
    }

    @Override
    public Reads reads() {
        return reads;
    }

    @Override
    public void delay(Duration delay) {
        reads.delay(delay);
    }
}
