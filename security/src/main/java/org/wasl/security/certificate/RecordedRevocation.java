package org.wasl.security.certificate;

import java.net.URI;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status as of then: from the evidence that was recorded with a message, and from nothing else. What was good by the
 * evidence of its time stays so, whatever was revoked since, and whether or not anybody still answers. Safe for many
 * threads.
 */
public final class RecordedRevocation implements RevocationSource {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedRevocation.class);
    private static final int MAX_JUDGED = 256;
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private final List<RevocationEvidence> responses;
    private final List<X509CRL> lists;

    /** What does not change with time, for whoever asks about many messages of the same evidence. */
    private final Map<Asked, OcspMessages.Judged> judged = new ConcurrentHashMap<>();

    private record Asked(X509Certificate certificate, X509Certificate issuer, String response) {}

    /** @param evidence what was recorded with one message */
    public RecordedRevocation(List<RevocationEvidence> evidence) {
        this.responses = evidence.stream()
                .filter(piece -> piece.kind() == RevocationEvidence.Kind.OCSP)
                .toList();
        List<X509CRL> read = new ArrayList<>();
        for (RevocationEvidence piece : evidence) {
            if (piece.kind() == RevocationEvidence.Kind.CRL) {
                try {
                    read.add(PathFinder.readList(piece.octets()));
                } catch (CRLException e) {
                    LOG.warn("the recorded revocation list {} cannot be read", piece.digest(), e);
                }
            }
        }
        this.lists = List.copyOf(read);
    }

    @Override
    public RevocationLists lists() {
        return () -> lists;
    }

    @Override
    public Optional<OcspAnswer> ask(
            X509Certificate certificate, X509Certificate issuer, @Nullable URI responder, Instant at) {
        OcspAnswer last = new OcspAnswer.Unanswered("no OCSP response was recorded with the message");
        if (judged.size() > MAX_JUDGED) {
            judged.clear();
        }
        for (RevocationEvidence response : responses) {
            OcspAnswer answer = judged.computeIfAbsent(
                            new Asked(certificate, issuer, response.digest()),
                            asked -> OcspMessages.judge(
                                    response.octets(),
                                    new OcspMessages.Question(certificate, issuer, null, false, at, CLOCK_SKEW)))
                    .asOf(at, CLOCK_SKEW);
            if (answer instanceof OcspAnswer.Stated) {
                return Optional.of(answer);
            }
            last = answer;
        }
        // Then as now: where no response was asked for, lists decided. How the authority gives status today says
        // nothing of then.
        return responder == null || !lists.isEmpty() ? Optional.empty() : Optional.of(last);
    }
}
