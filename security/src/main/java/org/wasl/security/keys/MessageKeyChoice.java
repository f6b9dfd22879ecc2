package org.wasl.security.keys;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;

/**
 * One member's message keys, and which of them signs now. Immutable but for the memory of since when a certificate has been
 * seen in force.
 */
final class MessageKeyChoice {

    private static final Logger LOG = LoggerFactory.getLogger(MessageKeyChoice.class);

    private final MemberId member;
    private final List<SigningKey> keys;
    private final Duration settling;
    private final ConcurrentMap<X509Certificate, Instant> seen;

    private MessageKeyChoice(
            MemberId member, List<SigningKey> keys, Duration settling, ConcurrentMap<X509Certificate, Instant> seen) {
        this.member = member;
        this.keys = List.copyOf(keys);
        this.settling = settling;
        this.seen = seen;
    }

    /** @param own at least one key, the oldest first */
    static MessageKeyChoice of(MemberId member, List<HeldKey> own, KeyCustody custody, Duration settling)
            throws GeneralSecurityException {
        return new MessageKeyChoice(member, signing(own, custody), settling, new ConcurrentHashMap<>());
    }

    /** The choice among these keys, and the one used until now for as long as none of them is in force. */
    MessageKeyChoice with(List<HeldKey> own, KeyCustody custody, Registry registry, Instant now)
            throws GeneralSecurityException {
        List<SigningKey> next = new ArrayList<>();
        SigningKey used = inForce(registry, now);
        boolean kept = own.stream().anyMatch(key -> key.certificate().equals(used.certificate()));
        if (!kept) {
            next.add(used);
        }
        next.addAll(signing(own, custody));
        return new MessageKeyChoice(member, next, settling, seen);
    }

    /**
     * The key that signs now: in force by the registry, settled, and of those the one listed from the latest instant on.
     * When none is settled, the one listed for longest; when none is in force, the newest: what it signs is then refused
     * with the reason by whoever verifies it.
     */
    SigningKey inForce(Registry registry, Instant now) {
        if (keys.size() == 1) {
            return keys.get(0);
        }
        Optional<Candidate> best = Optional.empty();
        for (SigningKey key : keys) {
            Optional<RegisteredCertificate> registered = registered(key, registry, now);
            if (registered.isPresent()) {
                boolean settled = !since(key, now).plus(settling).isAfter(now);
                Candidate candidate = new Candidate(key, registered.get().validFrom(), settled);
                best = Optional.of(best.map(candidate::orBetter).orElse(candidate));
            }
        }
        return best.map(Candidate::key).orElse(keys.get(keys.size() - 1));
    }

    /** A key in force. Unsettled, the one known for longest is the safe one; settled, the newest. */
    private record Candidate(SigningKey key, Instant from, boolean settled) {

        Candidate orBetter(Candidate other) {
            if (settled != other.settled) {
                return settled ? this : other;
            }
            return from.isAfter(other.from) == settled ? this : other;
        }
    }

    private Instant since(SigningKey key, Instant now) {
        Instant before = seen.putIfAbsent(key.certificate(), now);
        if (before == null) {
            LOG.info(
                    "the registry lists the certificate {} of {}",
                    key.certificate().getSerialNumber().toString(16),
                    member);
        }
        return before == null ? now : before;
    }

    private Optional<RegisteredCertificate> registered(SigningKey key, Registry registry, Instant now) {
        return registry.certificate(member, CertificateUse.MESSAGE, key.certificate())
                .filter(registered -> !now.isBefore(registered.validFrom()) && now.isBefore(registered.validTo()))
                .filter(registered ->
                        registered.compromisedFrom() == null || now.isBefore(registered.compromisedFrom()))
                .filter(registered ->
                        now.isBefore(key.certificate().getNotAfter().toInstant()));
    }

    private static List<SigningKey> signing(List<HeldKey> own, KeyCustody custody) throws GeneralSecurityException {
        List<SigningKey> keys = new ArrayList<>();
        for (HeldKey key : own) {
            keys.add(custody.signingKey(key));
        }
        return keys;
    }
}
