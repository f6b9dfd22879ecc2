package org.wasl.security.keys;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import javax.security.auth.DestroyFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.schemas.identifier.MemberId;

/**
 * A message key that lives in this process's memory for hours, under a certificate that the member's slow key issued. It is
 * never written anywhere, and is of no use to this process either once its certificate has ended.
 */
final class ShortTermKey implements SigningKey {

    private static final Logger LOG = LoggerFactory.getLogger(ShortTermKey.class);

    private final SigningKey inMemory;
    private final PrivateKey secret;
    private final X509Certificate issuer;
    private final Clock clock;

    /**
     * @param inMemory signs
     * @param secret what is destroyed at the end
     * @param issuer the registered certificate of the key that issued the certificate
     */
    ShortTermKey(SigningKey inMemory, PrivateKey secret, X509Certificate issuer, Clock clock) {
        this.inMemory = inMemory;
        this.secret = secret;
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public MemberId member() {
        return inMemory.member();
    }

    /** @throws KeyUnavailableException when it has ended: nothing would be believed that carries it */
    @Override
    public X509Certificate certificate() {
        if (hasEnded(clock.instant())) {
            throw new KeyUnavailableException("the short-term certificate of " + member() + " ended at " + ends()
                    + ", and its issuing key has issued no other");
        }
        return inMemory.certificate();
    }

    @Override
    public String algorithm() {
        return inMemory.algorithm();
    }

    @Override
    public byte[] sign(byte[] octets) {
        certificate();
        return inMemory.sign(octets);
    }

    Instant begins() {
        return inMemory.certificate().getNotBefore().toInstant();
    }

    Instant ends() {
        return inMemory.certificate().getNotAfter().toInstant();
    }

    String serial() {
        return inMemory.certificate().getSerialNumber().toString(16);
    }

    X509Certificate issuer() {
        return issuer;
    }

    boolean hasEnded(Instant now) {
        return !now.isBefore(ends());
    }

    /** Wipes the key where its provider can; it is forgotten everywhere. Only after its end: nobody signs with it then. */
    void destroy() {
        try {
            secret.destroy();
        } catch (DestroyFailedException e) {
            // The JDK's own keys cannot: what remains is a few octets in the heap until they are collected.
            LOG.debug("the short-term key {} of {} could only be forgotten", serial(), member(), e);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "short-term message key of " + member() + " until " + ends();
    }
}
