package org.wasl.security.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.registry.CertificateUse;

/**
 * Keys in a PKCS#11 token, under labels {@code <use>-<instance>.<class>.<member>}; later ones have {@code ~} and more
 * behind that. Each carries its own certificate only; those of the authorities are the registry's business.
 */
public final class Pkcs11Custody implements KeyCustody {

    private static final String LATER = "~";

    private final Pkcs11Token token;

    /** @param token closed with this */
    public Pkcs11Custody(Pkcs11Token token) {
        this.token = token;
    }

    /** The label of the member's first key of that use. */
    public static String label(MemberId member, CertificateUse use) {
        return use.fileName() + "-" + member.dotted();
    }

    @Override
    public List<HeldKey> keys(Set<MemberId> members) throws IOException, GeneralSecurityException {
        Map<String, KeyEntry> found = token.keys();
        List<HeldKey> keys = new ArrayList<>();
        for (MemberId member : new TreeSet<>(members)) {
            for (CertificateUse use : CertificateUse.values()) {
                String label = label(member, use);
                for (Map.Entry<String, KeyEntry> entry : found.entrySet()) {
                    if (entry.getKey().equals(label) || entry.getKey().startsWith(label + LATER)) {
                        keys.add(held(entry.getKey(), member, use, entry.getValue()));
                    }
                }
            }
        }
        return keys;
    }

    @Override
    public HeldKey generate(MemberId member, CertificateUse use) throws IOException, GeneralSecurityException {
        return make(member, use, (pair, provider) -> SelfMade.certificate(pair, provider, member, use));
    }

    @Override
    public HeldKey generate(MemberId member, CertificateUse use, Certification certification)
            throws IOException, GeneralSecurityException {
        return make(member, use, (pair, provider) -> {
            // The platform's own kind of key, not the token's handle of it.
            byte[] key = pair.getPublic().getEncoded();
            return certification
                    .certify(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key)))
                    .get(0);
        });
    }

    private HeldKey make(MemberId member, CertificateUse use, Pkcs11Token.Certifier certifier)
            throws IOException, GeneralSecurityException {
        checkUse(use);
        String label = label(member, use);
        Set<String> taken = token.keys().keySet();
        for (int next = 2; taken.contains(label); next++) {
            label = label(member, use) + LATER + next;
        }
        return held(label, member, use, token.generate(label, use, certifier));
    }

    private static void checkUse(CertificateUse use) throws GeneralSecurityException {
        if (use.signsNotes()) {
            throw new GeneralSecurityException(
                    "checkpoints are signed with Ed25519, which Java's PKCS#11 provider lacks: keep that key in a file");
        }
    }

    @Override
    public HeldKey certify(HeldKey key, List<X509Certificate> chain) throws IOException, GeneralSecurityException {
        Certificates.checkSameKey(key, chain);
        return held(key.name(), key.member(), key.use(), token.certify(key.name(), chain.get(0)));
    }

    @Override
    public SigningKey signingKey(HeldKey key) throws GeneralSecurityException {
        return new Pkcs11SigningKey(token, key);
    }

    @Override
    public DecryptionKey decryptionKey(HeldKey key) throws GeneralSecurityException {
        return new Pkcs11DecryptionKey(token, key);
    }

    @Override
    public CheckpointKey checkpointKey(HeldKey key) throws GeneralSecurityException {
        throw new GeneralSecurityException("the " + key + " signs no checkpoints: a token has no Ed25519 here");
    }

    /** The labels and certificates; a token tells nothing cheaper. */
    @Override
    public Object stamp(Set<MemberId> members) {
        try {
            StringBuilder stamp = new StringBuilder();
            for (HeldKey key : keys(members)) {
                stamp.append(key.name())
                        .append(CryptoProvider.chosen()
                                .sha256Hex(key.certificate().getEncoded()));
            }
            return stamp.toString();
        } catch (IOException | GeneralSecurityException e) {
            // Says that something is to be seen here; whoever then reads meets the same failure.
            return e.toString();
        }
    }

    @Override
    public void close() {
        token.close();
    }

    @Override
    public String toString() {
        return token.toString();
    }

    private HeldKey held(String label, MemberId member, CertificateUse use, KeyEntry entry) {
        Provider provider = token.provider();
        return new HeldKey(label, token.toString(), member, use, entry, provider, isExtractable(entry.key()));
    }

    /**
     * Whether the token would hand out the key. Octets are the proof that it does; that there are none is not yet one that
     * it never will, so the provider's own word for the attribute is demanded too, and without it the key counts as
     * extractable.
     */
    private static boolean isExtractable(PrivateKey key) {
        return key.getEncoded() != null || !key.toString().contains(", unextractable");
    }
}
