package org.wasl.routes.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
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
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.RegisteredCertificate;

/**
 * Who may use the broker: this process by credentials made at its start, and members by the client certificate that the
 * registry holds for them. Everybody else, and everything not granted, is denied.
 */
final class RegistrySecurity implements ActiveMQSecurityManager5 {

    static final String NODE_USER = "node";

    private static final int PASSWORD_OCTETS = 32;

    private final String password;
    private final CurrentRegistry registry;
    private final Clock clock;

    RegistrySecurity(CurrentRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        byte[] random = new byte[PASSWORD_OCTETS];
        new SecureRandom().nextBytes(random);
        this.password = HexFormat.of().formatHex(random);
    }

    /** The credential of this process; it never leaves memory. */
    String nodePassword() {
        return password;
    }

    /** The role that this process has. */
    static Role nodeRole() {
        return role(NODE_USER, true, true);
    }

    /** Sending, for any member. */
    static Role sender(MemberId member) {
        return role(member.dotted(), true, false);
    }

    /** Reading, and sending too when the member is among the senders. */
    static Role reader(MemberId member) {
        return role(member.dotted(), true, true);
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
            return validateUser(user, givenPassword) ? subject(NODE_USER) : null;
        }
        X509Certificate[] chain = CertificateUtil.getCertsFromConnection(connection);
        if (chain == null || chain.length == 0) {
            return null;
        }
        return memberSubject(chain[0]);
    }

    private @Nullable Subject memberSubject(X509Certificate presented) {
        Instant now = clock.instant();
        for (Member member : registry.get().members()) {
            for (RegisteredCertificate registered : member.certificates()) {
                if (registered.use() == CertificateUse.TLS
                        && registered.certificate().equals(presented)
                        && !now.isBefore(registered.validFrom())
                        && now.isBefore(registered.validTo())
                        && registered.compromisedFrom() == null) {
                    return subject(member.id().dotted());
                }
            }
        }
        return null;
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
        return user != null
                && givenPassword != null
                && NODE_USER.equals(user)
                && MessageDigest.isEqual(
                        password.getBytes(StandardCharsets.UTF_8), givenPassword.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean validateUserAndRole(
            @Nullable String user, @Nullable String givenPassword, Set<Role> roles, CheckType checkType) {
        return validateUser(user, givenPassword)
                && roles.stream().anyMatch(role -> NODE_USER.equals(role.getName()) && checkType.hasRole(role));
    }
}
