package org.wasl.security.authority;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.wasl.security.crypto.SignatureMethod;
import org.wasl.security.keys.HeldKey;

/** A PKCS#10 certification request: it proves that the applicant holds the private key, and nothing else is taken from it. */
public final class SigningRequest {

    private static final int MAX_OCTETS = 16 * 1024;

    private SigningRequest() {}

    /** Writes a request, DER. */
    public static byte[] write(KeyPair pair, String name) throws GeneralSecurityException {
        try {
            return new JcaPKCS10CertificationRequestBuilder(new X500Principal(name), pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new GeneralSecurityException("the certification request cannot be made", e);
        }
    }

    /**
     * Writes a request for a key that may not leave its store, DER.
     *
     * @param name the subject that is asked for; the authority gives its own
     */
    public static byte[] write(HeldKey key, String name) throws GeneralSecurityException {
        PublicKey publicKey = key.certificate().getPublicKey();
        if (!publicKey.getAlgorithm().equals("EC")) {
            throw new GeneralSecurityException("nobody certifies the " + key + ": the registry lists the key itself");
        }
        try {
            return new JcaPKCS10CertificationRequestBuilder(new X500Principal(name), publicKey)
                    .build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .setProvider(key.provider())
                            .build(key.entry().key()))
                    .getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new GeneralSecurityException("the certification request cannot be made", e);
        }
    }

    /**
     * The key that the request asks to certify; empty when the request is not well-formed, too large, or its signature
     * is not by that key, or the key is of a kind that is not accepted.
     */
    public static Optional<PublicKey> provenKey(byte[] der) {
        if (der.length > MAX_OCTETS) {
            return Optional.empty();
        }
        try {
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(der);
            PublicKey key = request.getPublicKey();
            boolean proven = request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
            return proven && SignatureMethod.forKey(key).isPresent() ? Optional.of(key) : Optional.empty();
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
            // Whatever is wrong with it, an applicant's request is refused, not a failure of ours.
            return Optional.empty();
        } catch (RuntimeException e) {
            // BouncyCastle reports malformed ASN.1 that it meets late by unchecked exceptions of many kinds.
            // Whatever it is, such octets show nothing.
            return Optional.empty();
        }
    }
}
