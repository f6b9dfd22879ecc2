package org.wasl.security.keys;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;

/**
 * One member's short-term keys, one after the other. A new one is made long before the old one ends, at a moment of its
 * own in each node, so that a member's nodes do not ask one token all at once. When the issuing key is away, the key in
 * use goes on to its end. Looked at by one thread, used by many.
 */
final class ShortTermSeries {

    private static final Logger LOG = LoggerFactory.getLogger(ShortTermSeries.class);

    /** The part of its life, in percent, after which a key is renewed: so much, and up to so much more by chance. */
    private static final int RENEW_AFTER = 60;

    private static final int JITTER = 15;

    /** The part of its life, in percent, from which a key that could not be renewed is an alarm. */
    private static final int ALARM_AFTER = 85;

    private final MemberId member;
    private final Duration life;
    private final ShortTermIssuer issuer;
    private final SecureRandom random = new SecureRandom();
    private final List<ShortTermKey> retired = new ArrayList<>();

    private volatile @Nullable ShortTermKey current;
    private volatile Instant renewal = Instant.MIN;
    private volatile long issued;
    private volatile @Nullable String failure;
    private volatile ShortTermState.Level told = ShortTermState.Level.GOOD;

    ShortTermSeries(MemberId member, Duration life, ShortTermIssuer issuer) {
        this.member = member;
        this.life = life;
        this.issuer = issuer;
    }

    /** The key that signs now, or would if it had not ended; empty when there never was one. */
    Optional<SigningKey> key() {
        return Optional.ofNullable(current);
    }

    /** Renews the key when it is time to, and forgets those that have ended. */
    void look(List<SigningKey> issuing, Registry registry, Instant now) {
        ShortTermKey used = current;
        if (used == null || !now.isBefore(renewal) || !mayIssue(used.issuer(), registry, now)) {
            renew(issuing, registry, now);
        }
        retired.removeIf(old -> {
            boolean ended = old.hasEnded(now);
            if (ended) {
                old.destroy();
            }
            return ended;
        });
        tell(now);
    }

    private void renew(List<SigningKey> issuing, Registry registry, Instant now) {
        try {
            // Of several, the one that the registry lists from the latest instant on.
            SigningKey chosen = issuing.stream()
                    .filter(key -> mayIssue(key.certificate(), registry, now))
                    .max(Comparator.comparing(key ->
                            right(key.certificate(), registry).orElseThrow().validFrom()))
                    .orElseThrow(() -> new GeneralSecurityException("the registry lets none of its " + issuing.size()
                            + " issuing keys issue message certificates now"));
            RegisteredCertificate right = right(chosen.certificate(), registry).orElseThrow();
            ShortTermKey next = issuer.issue(chosen, end(right, now));
            ShortTermKey before = current;
            current = next;
            issued++;
            renewal = renewal(next);
            failure = null;
            if (before != null) {
                retired.add(before);
            }
            LOG.info("{} signs with the short-term certificate {} until {}", member, next.serial(), next.ends());
        } catch (GeneralSecurityException | KeyUnavailableException e) {
            String reason = e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause());
            if (!reason.equals(failure)) {
                LOG.warn("{} has no new short-term certificate; it is tried again", member, e);
            }
            failure = reason;
        }
    }

    /** The shorter of what is wanted and what is allowed, and never beyond the issuer. */
    private Instant end(RegisteredCertificate right, Instant now) {
        Duration allowed = right.longestLife();
        Duration shorter = allowed == null || life.compareTo(allowed) < 0 ? life : allowed;
        // A second less: the beginning is cut down to a second, and so is the end.
        Instant end = now.minus(ShortTermIssuer.BACKDATE).plus(shorter).minusSeconds(1);
        Instant own = right.certificate().getNotAfter().toInstant();
        end = own.isBefore(end) ? own : end;
        return right.validTo().isBefore(end) ? right.validTo() : end;
    }

    private Instant renewal(ShortTermKey key) {
        return after(key, RENEW_AFTER + random.nextInt(JITTER));
    }

    private static Instant after(ShortTermKey key, int percent) {
        return key.begins()
                .plus(Duration.between(key.begins(), key.ends())
                        .multipliedBy(percent)
                        .dividedBy(100));
    }

    private boolean mayIssue(X509Certificate certificate, Registry registry, Instant now) {
        return right(certificate, registry)
                .filter(right -> !now.isBefore(right.validFrom()) && now.isBefore(right.validTo()))
                .filter(right -> right.compromisedFrom() == null || now.isBefore(right.compromisedFrom()))
                .filter(right -> now.isBefore(certificate.getNotAfter().toInstant()))
                .isPresent();
    }

    private Optional<RegisteredCertificate> right(X509Certificate certificate, Registry registry) {
        return registry.certificate(member, CertificateUse.MESSAGE_ISSUER, certificate);
    }

    /** How it stands now. */
    ShortTermState state(Instant now) {
        ShortTermKey used = current;
        return used == null
                ? new ShortTermState(member, null, null, issued, ShortTermState.Level.ENDED, failure)
                : new ShortTermState(member, used.serial(), used.ends(), issued, level(used, now), failure);
    }

    private ShortTermState.Level level(ShortTermKey used, Instant now) {
        if (used.hasEnded(now)) {
            return ShortTermState.Level.ENDED;
        }
        if (failure == null) {
            return ShortTermState.Level.GOOD;
        }
        return now.isBefore(after(used, ALARM_AFTER)) ? ShortTermState.Level.WARNING : ShortTermState.Level.ALARM;
    }

    /** The alarm, once for each time it gets worse. */
    private void tell(Instant now) {
        ShortTermState state = state(now);
        boolean worse = state.level().compareTo(told) > 0;
        if (worse && state.level().compareTo(ShortTermState.Level.ALARM) >= 0) {
            LOG.error(
                    "{}: the short-term certificate of {} ends at {}, and there is no newer one: {}",
                    state.level(),
                    member,
                    state.ends(),
                    state.failure());
        }
        told = state.level();
    }

    /** Wipes all keys. */
    void close() {
        retired.forEach(ShortTermKey::destroy);
        retired.clear();
        ShortTermKey last = current;
        current = null;
        if (last != null) {
            last.destroy();
        }
    }
}
