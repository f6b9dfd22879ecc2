package org.wasl.security.authority;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.keys.HeldKey;
import org.wasl.security.keys.KeyCustody;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.NoteKey;

/** Members' keys in their custody as they are now, made when missing, and made anew before their certificates end. */
final class CustodyKeys {

    private final KeyCustody custody;
    private final Duration renewBeforeEnd;
    private final Clock clock;
    private final Map<MemberId, List<HeldKey>> found = new HashMap<>();

    CustodyKeys(KeyCustody custody, Duration renewBeforeEnd, Clock clock) {
        this.custody = custody;
        this.renewBeforeEnd = renewBeforeEnd;
        this.clock = clock;
    }

    /** The certificate of the member's newest key of that authority; older keys stay where they are. */
    X509Certificate certificate(MemberId member, CertificateAuthority authority, CertificateOrder.Terms terms)
            throws IOException, GeneralSecurityException {
        Instant ending = clock.instant().plus(renewBeforeEnd);
        CertificateUse use = terms.profile().use();
        Optional<HeldKey> newest = keys(member, use).stream()
                .filter(key -> isIssuedBy(key.certificate(), authority))
                .filter(key -> key.certificate().getNotAfter().toInstant().isAfter(ending))
                .max(Comparator.comparing(key -> key.certificate().getNotBefore()));
        return newest.isPresent()
                ? newest.get().certificate()
                : custody.generate(
                                member, use, key -> List.of(authority.issue(terms.order(key)), authority.certificate()))
                        .certificate();
    }

    /** The key that signs the member's checkpoints as the registry lists it, made when it is missing. */
    NoteKey checkpointKey(MemberId member) throws IOException, GeneralSecurityException {
        return noteKey(member, CertificateUse.CHECKPOINT, NoteKey.Use.CHECKPOINT, member.toString(), null);
    }

    /** The key with which the member cosigns others' checkpoints as the registry lists it, made when it is missing. */
    NoteKey witnessKey(MemberId member, URI address) throws IOException, GeneralSecurityException {
        return noteKey(member, CertificateUse.WITNESS, NoteKey.Use.WITNESS, member + "/witness", address);
    }

    private NoteKey noteKey(MemberId member, CertificateUse use, NoteKey.Use listed, String name, @Nullable URI address)
            throws IOException, GeneralSecurityException {
        List<HeldKey> keys = keys(member, use);
        HeldKey key = keys.isEmpty() ? custody.generate(member, use) : keys.get(0);
        return new NoteKey(
                listed,
                name,
                custody.checkpointKey(key).publicKey(),
                key.certificate().getNotBefore().toInstant(),
                key.certificate().getNotAfter().toInstant(),
                null,
                address);
    }

    private List<HeldKey> keys(MemberId member, CertificateUse use) throws IOException, GeneralSecurityException {
        List<HeldKey> own = found.get(member);
        if (own == null) {
            // Read once: opening a file costs tens of milliseconds, and that is what its password is for.
            own = custody.keys(Set.of(member));
            found.put(member, own);
        }
        return own.stream().filter(key -> key.use() == use).toList();
    }

    private static boolean isIssuedBy(X509Certificate certificate, CertificateAuthority authority) {
        try {
            certificate.verify(authority.certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException foreign) {
            // Another authority's, or the key's own: the answer, not a failure.
            return false;
        }
    }
}
