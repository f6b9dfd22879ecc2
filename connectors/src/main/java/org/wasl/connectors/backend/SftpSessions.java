package org.wasl.connectors.backend;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.PasswordAuthenticationReporter;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.declaration.BackEndDeclaration.Files;
import org.wasl.schemas.fault.FaultCode;

/** Sessions with one SFTP server whose host key is pinned; as many as the connector has threads, kept while in use. */
final class SftpSessions implements AutoCloseable {

    private static final AttributeKey<Boolean> KEY_REFUSED = new AttributeKey<>();
    private static final AttributeKey<Boolean> PASSWORD_SENT = new AttributeKey<>();
    private static final String NTRU_PRIME = "sntrup";
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Files files;
    private final Secrets secrets;
    private final Duration timeout;
    private final Deque<SftpClient> idle = new ConcurrentLinkedDeque<>();
    private final Object opening = new Object();
    private volatile @Nullable SshClient client;

    SftpSessions(Files files, Secrets secrets, Duration timeout) {
        this.files = files;
        this.secrets = secrets;
        this.timeout = timeout;
    }

    /** An open session: a kept one, or a new one. */
    SftpClient take() {
        SftpClient kept = idle.pollFirst();
        while (kept != null && !kept.isOpen()) {
            drop(kept);
            kept = idle.pollFirst();
        }
        return kept != null ? kept : open();
    }

    void giveBack(SftpClient session) {
        idle.addFirst(session);
    }

    /** Closes a session that failed: whatever state it is in, nobody meets it again. */
    void drop(SftpClient session) {
        session.getClientSession().close(true);
    }

    private SftpClient open() {
        String password = secrets.secret(files.secret())
                .orElseThrow(() -> new BackEndFailure(
                        FaultCode.BACKEND_REFUSED,
                        Step.AUTHENTICATE,
                        "the secret '" + files.secret() + "' is not there"));
        ClientSession session = connect();
        try {
            authenticate(session, password);
            return SftpClientFactory.instance().createSftpClient(session);
        } catch (IOException e) {
            session.close(true);
            throw new BackEndFailure(
                    FaultCode.BACKEND_UNAVAILABLE, Step.AUTHENTICATE, "the server does not offer SFTP", e);
        } catch (BackEndFailure e) {
            session.close(true);
            throw e;
        }
    }

    private ClientSession connect() {
        try {
            return client().connect(files.user(), files.host(), files.port())
                    .verify(shorter(LONGEST_CONNECT))
                    .getSession();
        } catch (IOException e) {
            throw new BackEndFailure(
                    FaultCode.BACKEND_UNAVAILABLE, Step.CONNECT, "the SFTP server cannot be reached", e);
        }
    }

    private void authenticate(ClientSession session, String password) {
        session.addPasswordIdentity(password);
        try {
            session.auth().verify(timeout);
        } catch (IOException e) {
            if (Boolean.TRUE.equals(session.getAttribute(KEY_REFUSED))) {
                throw new BackEndFailure(
                        FaultCode.BACKEND_REFUSED,
                        Step.CONNECT,
                        "the server's host key is not the pinned one: nothing was sent to it",
                        e);
            }
            // Servers refuse by hanging up too: a code comes with it, which a lost connection does not have.
            boolean refused = Boolean.TRUE.equals(session.getAttribute(PASSWORD_SENT))
                    && e instanceof SshException ssh
                    && ssh.getDisconnectCode() > 0;
            throw refused
                    ? new BackEndFailure(
                            FaultCode.BACKEND_REFUSED, Step.AUTHENTICATE, "the server refused the user or password", e)
                    : new BackEndFailure(
                            FaultCode.BACKEND_UNAVAILABLE, Step.CONNECT, "the server closed the connection", e);
        }
    }

    private Duration shorter(Duration other) {
        return timeout.compareTo(other) < 0 ? timeout : other;
    }

    private SshClient client() {
        SshClient started = client;
        if (started == null) {
            synchronized (opening) {
                started = client;
                if (started == null) {
                    started = start();
                    client = started;
                }
            }
        }
        return started;
    }

    private SshClient start() {
        SshClient fresh = SshClient.setUpDefaultClient();
        fresh.setServerKeyVerifier((session, address, key) -> {
            boolean pinned = files.hostKey().equals(PublicKeyEntry.toString(key));
            session.setAttribute(KEY_REFUSED, !pinned);
            return pinned;
        });
        fresh.setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE));
        fresh.setPasswordAuthenticationReporter(new SentNote());
        fresh.setKeyExchangeFactories(keyExchanges());
        // Neither the account's own ssh configuration nor its keys have a say.
        fresh.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        fresh.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        CoreModuleProperties.NIO_WORKERS.set(fresh, 1);
        CoreModuleProperties.IDLE_TIMEOUT.set(fresh, IDLE);
        CoreModuleProperties.AUTH_TIMEOUT.set(fresh, timeout);
        fresh.start();
        return fresh;
    }

    /**
     * The library's key exchanges, with Streamlined NTRU Prime last: made in Java it costs far more than ML-KEM, which guards
     * against the same attackers; a node that has just started and meets its load would otherwise spend its processors on it.
     */
    static List<KeyExchangeFactory> keyExchanges() {
        return ClientBuilder.setUpDefaultKeyExchanges(true).stream()
                .sorted(Comparator.comparing(exchange -> exchange.getName().startsWith(NTRU_PRIME)))
                .toList();
    }

    @Override
    public void close() {
        synchronized (opening) {
            SshClient started = client;
            client = null;
            if (started != null) {
                started.stop();
            }
        }
    }

    /** Remembers that the password went out. */
    private static final class SentNote implements PasswordAuthenticationReporter {

        @Override
        public void signalAuthenticationAttempt(
                ClientSession session, String service, String password, boolean modified, String changed) {
            session.setAttribute(PASSWORD_SENT, true);
        }
    }
}
