package org.wasl.agencies.ptax;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.agencies.server.Reads;
import org.wasl.agencies.server.SettlementBook;
import org.wasl.agencies.server.SoapHost;

/** The property tax office's SOAP service, loopback only, WSDL at {@code ?wsdl}. */
public final class PtaxServer implements AgencyServer {

    private final Population population;
    private final Reads reads = new Reads();
    private final SettlementBook book;
    private final SoapHost host;

    /** One that forgets what was settled once the process ends. */
    public PtaxServer(Population population, String user, String password) {
        this(population, user, password, SettlementBook.inMemory("PTAX"));
    }

    /** @param book what it was paid from outside; closed by whoever opened it */
    public PtaxServer(Population population, String user, String password, SettlementBook book) {
        this.population = population;
        this.book = book;
        this.host = new SoapHost("ptax", "/ptax/accounts", user, password);
    }

    @Override
    public synchronized int start(int wantedPort) throws IOException {
        if (running()) {
            throw new IllegalStateException("the property tax service already runs on port " + host.port());
        }
        return host.start(wantedPort, new PropertyOffice(population, reads, book));
    }

    @Override
    public synchronized void stop() {
        reads.release();
        host.stop();
    }

    /** Where to post; {@code ?wsdl} behind it gives the contract. */
    public synchronized URI endpoint() {
        return host.address();
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
