package org.wasl.security.certificate;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whether the certificates of a path are revoked, each in the way that its issuer declares in the registry: by OCSP
 * where there is a responder, by lists where there are only those. A list that is at hand is heeded even where a
 * responder decides: what either says is revoked, is. No soft fail: what is declared must be at hand and current.
 *
 * <p>What lists said of a certificate is remembered until a list changes or ends. Safe for many threads.
 */
public final class ChainStatus {

    private static final Logger LOG = LoggerFactory.getLogger(ChainStatus.class);

    private static final StatusVerdict NOTHING_TO_SHOW = new StatusVerdict.Good(List.of());
    private static final int MAX_REMEMBERED = 20_000;
    private static final String NO_REVOCATION_AVAILABLE = "2.5.29.56";
    private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";

    private final Map<Link, Listed> remembered = new ConcurrentHashMap<>();
    private final Map<Link, Named> named = new ConcurrentHashMap<>();

    /** Since when lists name a certificate, and which lists those were. */
    private record Named(List<X509CRL> lists, Optional<Instant> since) {}

    /**
     * How an authority gives the status of what it issues.
     *
     * @param ocsp its responder's address; null when it has none
     * @param lists whether it issues revocation lists
     */
    public record Declared(@Nullable URI ocsp, boolean lists) {}

    /** A certificate and the authority that issued it. */
    private record Link(X509Certificate certificate, X509Certificate issuer) {}

    /**
     * What lists said of a certificate.
     *
     * @param lists the lists of then
     * @param from the instant for which it was worked out
     * @param until (exclusive) the next instant at which it could come out otherwise
     */
    private record Listed(List<X509CRL> lists, Instant from, Instant until, StatusVerdict verdict) {

        boolean holds(List<X509CRL> now, Instant at) {
            return lists == now && !at.isBefore(from) && at.isBefore(until);
        }
    }

    /**
     * The status of a path's certificates.
     *
     * @param path the path
     * @param declared how each authority of the path gives status
     * @param source where status comes from
     * @param at when the certificates are relied on
     */
    public StatusVerdict check(
            PathVerdict.Found path, Function<X509Certificate, Declared> declared, RevocationSource source, Instant at) {
        List<RevocationEvidence> evidence = new ArrayList<>();
        for (int place = 0; place < path.chain().size(); place++) {
            Link link = new Link(path.chain().get(place), path.issuer(place));
            StatusVerdict verdict = check(link, declared.apply(link.issuer()), source, at);
            if (!(verdict instanceof StatusVerdict.Good good)) {
                return verdict;
            }
            evidence.addAll(good.evidence());
        }
        return new StatusVerdict.Good(evidence);
    }

    private StatusVerdict check(Link link, Declared way, RevocationSource source, Instant at) {
        if (needsNone(link.certificate()) || (way.ocsp() == null && !way.lists())) {
            return NOTHING_TO_SHOW;
        }
        List<X509CRL> lists = source.lists().lists();
        Optional<OcspAnswer> answer = source.ask(link.certificate(), link.issuer(), way.ocsp(), at);
        if (answer.isPresent()) {
            return stated(answer.get(), at, named(link, lists, at));
        }
        return listed(link, lists, at);
    }

    /** RFC 9608: a certificate that says so itself lives too short to be revoked. */
    private static boolean needsNone(X509Certificate certificate) {
        return certificate.getExtensionValue(NO_REVOCATION_AVAILABLE) != null;
    }

    private static StatusVerdict stated(OcspAnswer answer, Instant at, Optional<Instant> listedSince) {
        if (listedSince.isPresent()) {
            return new StatusVerdict.Revoked("its authority's revocation list has it since " + listedSince.get());
        }
        if (answer instanceof OcspAnswer.Unanswered unanswered) {
            return new StatusVerdict.Unknown(unanswered.reason());
        }
        OcspStatement statement = ((OcspAnswer.Stated) answer).statement();
        Instant since = statement.revokedAt();
        return switch (statement.status()) {
            case GOOD -> new StatusVerdict.Good(List.of(statement.evidence()));
            case UNKNOWN -> new StatusVerdict.Unknown("its authority's responder does not know it");
            case REVOKED ->
                since != null && at.isBefore(since)
                        // Revoked later than it was used.
                        ? new StatusVerdict.Good(List.of(statement.evidence()))
                        : new StatusVerdict.Revoked("it was revoked at " + since);
        };
    }

    private StatusVerdict listed(Link link, List<X509CRL> lists, Instant at) {
        Listed known = remembered.get(link);
        if (known != null && known.holds(lists, at)) {
            return known.verdict();
        }
        List<X509CRL> relevant =
                lists.stream().filter(list -> concerns(list, link)).toList();
        StatusVerdict verdict = judged(link, relevant, at);
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(link, new Listed(lists, at, until(link, relevant, at), verdict));
        return verdict;
    }

    private static StatusVerdict judged(Link link, List<X509CRL> lists, Instant at) {
        PathRules rules = PathRules.withLists(known(link, lists, at), lists);
        PathVerdict verdict = PathFinder.find(link.certificate(), List.of(), List.of(link.issuer()), rules);
        List<RevocationEvidence> evidence =
                lists.stream().map(RevocationEvidence::of).toList();
        if (verdict instanceof PathVerdict.Found) {
            return new StatusVerdict.Good(evidence);
        }
        List<X509CRL> signed =
                lists.stream().filter(list -> signed(list, link.issuer())).toList();
        Optional<Instant> since = since(link, signed);
        if (since.isEmpty()) {
            return new StatusVerdict.Unknown(
                    "no current revocation list of its authority is at hand: " + ((PathVerdict.None) verdict).reason());
        }
        return at.isBefore(since.get())
                // Revoked later than it was used.
                ? new StatusVerdict.Good(evidence)
                : new StatusVerdict.Revoked("it was revoked at " + since.get());
    }

    /** A list that is newer than the use says of then what it says of now; the certificate must still be in time. */
    private static Instant known(Link link, List<X509CRL> lists, Instant at) {
        Instant newest =
                lists.stream().map(list -> list.getThisUpdate().toInstant()).reduce(at, (a, b) -> a.isAfter(b) ? a : b);
        return newest.isAfter(link.certificate().getNotAfter().toInstant()) ? at : newest;
    }

    /** Since when a list that the issuer signed has the certificate; worked out once for every set of lists. */
    private Optional<Instant> named(Link link, List<X509CRL> lists, Instant at) {
        if (lists.isEmpty()) {
            return Optional.empty();
        }
        Named found = named.get(link);
        if (found == null || found.lists() != lists) {
            List<X509CRL> signed =
                    lists.stream().filter(list -> signed(list, link.issuer())).toList();
            found = new Named(lists, since(link, signed));
            if (named.size() >= MAX_REMEMBERED) {
                named.clear();
            }
            named.put(link, found);
        }
        return found.since().filter(since -> !at.isBefore(since));
    }

    private static boolean signed(X509CRL list, X509Certificate issuer) {
        if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            LOG.warn("a revocation list in the name of {} is not signed by it", issuer.getSubjectX500Principal(), e);
            return false;
        }
    }

    /** Since when one of these lists names the certificate. */
    private static Optional<Instant> since(Link link, List<X509CRL> signed) {
        for (X509CRL list : signed) {
            X509CRLEntry entry = list.getRevokedCertificate(link.certificate().getSerialNumber());
            if (entry != null && entry.getRevocationReason() != CRLReason.REMOVE_FROM_CRL) {
                return Optional.of(entry.getRevocationDate().toInstant());
            }
        }
        return Optional.empty();
    }

    /** Lists of its authority, and those of somebody else who may speak for it. */
    private static boolean concerns(X509CRL list, Link link) {
        return list.getExtensionValue(ISSUING_DISTRIBUTION_POINT) != null
                || list.getIssuerX500Principal().equals(link.issuer().getSubjectX500Principal());
    }

    private static Instant until(Link link, List<X509CRL> lists, Instant at) {
        Instant until = earlier(Instant.MAX, link.certificate().getNotAfter(), at);
        for (X509CRL list : lists) {
            until = earlier(until, list.getNextUpdate(), at);
            until = earlier(until, list.getThisUpdate(), at);
            X509CRLEntry entry = list.getRevokedCertificate(link.certificate().getSerialNumber());
            until = earlier(until, entry == null ? null : entry.getRevocationDate(), at);
        }
        return until;
    }

    private static Instant earlier(Instant until, @Nullable Date candidate, Instant at) {
        return candidate != null
                        && candidate.toInstant().isAfter(at)
                        && candidate.toInstant().isBefore(until)
                ? candidate.toInstant()
                : until;
    }
}
