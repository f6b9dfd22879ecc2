package org.wasl.agencies.moj;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.agencies.population.Justice;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.agencies.server.Reads;

/** The justice agency's outbox: SFTP on loopback, chrooted and read-only, with the night's snapshot in it. */
public final class MojServer implements AgencyServer {

    private static final Logger LOG = LoggerFactory.getLogger(MojServer.class);
    private static final String HOST = "127.0.0.1";
    private static final int MAX_SESSIONS = 32;
    private static final int AUTHENTICATION_TRIES = 3;

    private final Path directory;
    private final Snapshots snapshots;
    private final String user;
    private final byte[] password;
    private final Reads reads = new Reads();
    private @Nullable SshServer server;
    private String hostKey = "";
    private int port;

    /**
     * @param directory is made when absent; belongs to this server alone
     * @param clock says which day it is: a start on a new day publishes that day's snapshot
     */
    public MojServer(Path directory, Population population, String user, String password, Clock clock) {
        this.directory = directory;
        this.snapshots = new Snapshots(directory.resolve("root"), population, clock);
        this.user = user;
        this.password = password.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized int start(int wantedPort) throws IOException {
        if (running()) {
            throw new IllegalStateException("the justice file server already runs on port " + port);
        }
        Files.createDirectories(directory);
        snapshots.publishIfDue();
        SshServer ssh = SshServer.setUpDefaultServer();
        ssh.setHost(HOST);
        ssh.setPort(wantedPort);
        ssh.setKeyPairProvider(hostKeys());
        ssh.setPasswordAuthenticator((name, given, session) ->
                name.equals(user) && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), password));
        ssh.setFileSystemFactory(new VirtualFileSystemFactory(snapshots.root().toRealPath()));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder()
                .withFileSystemAccessor(new ReadOnlyAccess())
                .build();
        sftp.addSftpEventListener(new PartitionLedger(reads));
        ssh.setSubsystemFactories(List.of(sftp));
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(ssh, MAX_SESSIONS);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(ssh, AUTHENTICATION_TRIES);
        CoreModuleProperties.IDLE_TIMEOUT.set(ssh, Duration.ofMinutes(5));
        ssh.start();
        server = ssh;
        port = ssh.getPort();
        return port;
    }

    @Override
    public synchronized void stop() {
        reads.release();
        SshServer ssh = server;
        server = null;
        if (ssh != null) {
            try {
                ssh.stop(true);
            } catch (IOException e) {
                // Its sockets are closed either way.
                LOG.debug("justice file server's stop", e);
            }
        }
    }

    /** Publishes a new snapshot now, beside the one in force, and names it current. Returns its directory's name. */
    public String publish() throws IOException {
        return snapshots.publish();
    }

    @Override
    public boolean finishReviews(boolean clear) throws IOException {
        snapshots.reviewed(clear ? Justice.Status.CLEAR : Justice.Status.NOT_CLEAR);
        return true;
    }

    /** The host key in the form of an authorized_keys or, behind a host name, known_hosts line; empty before the first start. */
    public synchronized String hostKey() {
        return hostKey;
    }

    public String host() {
        return HOST;
    }

    public String user() {
        return user;
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

    private SimpleGeneratorHostKeyProvider hostKeys() throws IOException {
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider(directory.resolve("host-key"));
        keys.setAlgorithm("EC");
        keys.setKeySize(256);
        for (KeyPair pair : keys.loadKeys(null)) {
            hostKey = PublicKeyEntry.toString(pair.getPublic());
        }
        if (hostKey.isEmpty()) {
            throw new IOException("no host key in " + directory);
        }
        return keys;
    }
}
