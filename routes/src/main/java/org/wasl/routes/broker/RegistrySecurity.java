package org.wasl.routes.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnection;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.MemberId;

/**
 * Who may use the broker: this process by credentials made at its start, and members by the client certificate that the
 * registry holds for them. Everybody else, and everything not granted, is denied.
 */
final class RegistrySecurity implements ActiveMQSecurityManager5 {

    static final String NODE_USER = "node";

    private static final int PASSWORD_OCTETS = 32;

    private final String password;
    private final CertifiedMembers members;
    private final Clock clock;

    RegistrySecurity(CertifiedMembers members, Clock clock) {
        this.members = members;
        this.clock = clock;
        this.password = randomPassword();
    }

    /** A credential that nobody can guess. */
    static String randomPassword() {
        byte[] random = new byte[PASSWORD_OCTETS];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** The credential of this process; it never leaves memory. */
    String nodePassword() {
        return password;
    }

    /** The rights to a queue that is nobody's: this process alone. */
    static Set<Role> nodeOnly() {
        return Set.of(role(NODE_USER, true, true));
    }

    /** The rights to a queue: this process, its reader and its senders; nobody declares, deletes or manages. */
    static Set<Role> rights(Queues.DeclaredQueue queue) {
        Set<Role> roles = new HashSet<>(nodeOnly());
        Set<MemberId> users = new HashSet<>(queue.senders());
        users.add(queue.reader());
        users.forEach(member ->
                roles.add(role(member.dotted(), queue.senders().contains(member), member.equals(queue.reader()))));
        return roles;
    }

    private static Role role(String name, boolean send, boolean consume) {
        return new Role(name, send, consume, false, false, false, false, false, consume, false, false);
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user,
            @Nullable String givenPassword,
            RemotingConnection connection,
            @Nullable String securityDomain) {
        if (connection.getTransportConnection() instanceof InVMConnection) {
            return user != null && validateUser(user, givenPassword) ? subject(user) : null;
        }
        return member(connection).map(member -> subject(member.dotted())).orElse(null);
    }

    /** Whether this connection is this process's own, or a member's whose certificate still holds. */
    boolean mayStay(RemotingConnection connection) {
        return connection.getTransportConnection() instanceof InVMConnection
                || member(connection).isPresent();
    }

    private Optional<MemberId> member(RemotingConnection connection) {
        X509Certificate[] chain = CertificateUtil.getCertsFromConnection(connection);
        return chain == null || chain.length == 0 ? Optional.empty() : members.member(chain[0], clock.instant());
    }

    private static Subject subject(String name) {
        return new Subject(true, Set.of(new UserPrincipal(name)), Set.of(), Set.of());
    }

    @Override
    public boolean authorize(@Nullable Subject subject, Set<Role> roles, CheckType checkType, String address) {
        if (subject == null) {
            return false;
        }
        Set<String> names = new HashSet<>();
        subject.getPrincipals(UserPrincipal.class).forEach(principal -> names.add(principal.getName()));
        return roles.stream().anyMatch(role -> names.contains(role.getName()) && checkType.hasRole(role));
    }

    @Override
    public boolean validateUser(@Nullable String user, @Nullable String givenPassword) {
        // Within this process the user is who it says: the process itself, or one of its nodes that speaks for one
        // member.
        return user != null
                && givenPassword != null
                && MessageDigest.isEqual(
                        password.getBytes(StandardCharsets.UTF_8), givenPassword.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean validateUserAndRole(
            @Nullable String user, @Nullable String givenPassword, Set<Role> roles, CheckType checkType) {
        return validateUser(user, givenPassword)
                && roles.stream().anyMatch(role -> role.getName().equals(user) && checkType.hasRole(role));
    }
}
