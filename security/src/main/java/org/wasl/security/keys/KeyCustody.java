package org.wasl.security.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.CertificateUse;

/**
 * Where members' keys are made, kept and found: files, or a token. A key is made where it will stay; what comes out is its
 * public half, to be certified. Safe for many threads.
 */
public interface KeyCustody extends AutoCloseable {

    /**
     * The keys of these members, of all uses and ages.
     *
     * @throws IOException when a file or token cannot be read
     * @throws GeneralSecurityException when what is found there is no usable key
     */
    List<HeldKey> keys(Set<MemberId> members) throws IOException, GeneralSecurityException;

    /**
     * Makes a key beside those that are there. Until it is certified it carries a certificate of its own making, which no
     * registry lists, so that nothing is signed with it.
     */
    HeldKey generate(MemberId member, CertificateUse use) throws IOException, GeneralSecurityException;

    /**
     * Makes a key beside those that are there, certified at once.
     *
     * @param certification asked once, by the key's public half
     */
    HeldKey generate(MemberId member, CertificateUse use, Certification certification)
            throws IOException, GeneralSecurityException;

    /** Has a public key certified. */
    @FunctionalInterface
    interface Certification {
        /** The key's certificate first, then those of the authorities above it. */
        List<X509Certificate> certify(PublicKey key) throws GeneralSecurityException;
    }

    /**
     * Gives a key its certificate.
     *
     * @param chain the key's certificate first, then those of the authorities above it
     * @throws GeneralSecurityException when the certificate is for another key
     */
    HeldKey certify(HeldKey key, List<X509Certificate> chain) throws IOException, GeneralSecurityException;

    /**
     * The port to sign with this key.
     *
     * @throws GeneralSecurityException when it is of a kind that does not sign messages
     */
    SigningKey signingKey(HeldKey key) throws GeneralSecurityException;

    /**
     * The port to open what was encrypted to this key.
     *
     * @throws GeneralSecurityException when it is not of P-256
     */
    DecryptionKey decryptionKey(HeldKey key) throws GeneralSecurityException;

    /**
     * The port to sign checkpoints with this key.
     *
     * @throws GeneralSecurityException when it is not an Ed25519 key
     */
    CheckpointKey checkpointKey(HeldKey key) throws GeneralSecurityException;

    /** Differs from an earlier stamp when {@link #keys} may have another answer; cheap, so that it can be asked often. */
    Object stamp(Set<MemberId> members);

    /** Lets go of the store; its keys cannot be used any more. */
    @Override
    void close();
}
