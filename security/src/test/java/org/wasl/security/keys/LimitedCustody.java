package org.wasl.security.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.CertificateUse;

/** A custody whose keys sign no more often than so many times a second, as a hardware module does; counts what they sign. */
final class LimitedCustody implements KeyCustody {

    private static final long NANOS = 1_000_000_000;

    private final KeyCustody custody;
    private final long gap;
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    final AtomicInteger signed = new AtomicInteger();
    final AtomicBoolean away = new AtomicBoolean();

    LimitedCustody(KeyCustody custody, int perSecond) {
        this.custody = custody;
        this.gap = NANOS / perSecond;
    }

    @Override
    public SigningKey signingKey(HeldKey key) throws GeneralSecurityException {
        SigningKey fast = custody.signingKey(key);
        return new SigningKey() {
            @Override
            public MemberId member() {
                return fast.member();
            }

            @Override
            public X509Certificate certificate() {
                return fast.certificate();
            }

            @Override
            public String algorithm() {
                return fast.algorithm();
            }

            @Override
            public byte[] sign(byte[] octets) {
                if (away.get()) {
                    throw new KeyUnavailableException("the token is away");
                }
                signed.incrementAndGet();
                long turn = next.getAndUpdate(before -> Math.max(before, System.nanoTime()) + gap);
                for (long wait = turn - System.nanoTime(); wait > 0; wait = turn - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                return fast.sign(octets);
            }
        };
    }

    @Override
    public List<HeldKey> keys(Set<MemberId> members) throws IOException, GeneralSecurityException {
        return custody.keys(members);
    }

    @Override
    public HeldKey generate(MemberId member, CertificateUse use) throws IOException, GeneralSecurityException {
        return custody.generate(member, use);
    }

    @Override
    public HeldKey generate(MemberId member, CertificateUse use, Certification certification)
            throws IOException, GeneralSecurityException {
        return custody.generate(member, use, certification);
    }

    @Override
    public HeldKey certify(HeldKey key, List<X509Certificate> chain) throws IOException, GeneralSecurityException {
        return custody.certify(key, chain);
    }

    @Override
    public DecryptionKey decryptionKey(HeldKey key) throws GeneralSecurityException {
        return custody.decryptionKey(key);
    }

    @Override
    public CheckpointKey checkpointKey(HeldKey key) throws GeneralSecurityException {
        return custody.checkpointKey(key);
    }

    @Override
    public Object stamp(Set<MemberId> members) {
        return custody.stamp(members);
    }

    @Override
    public void close() {
        custody.close();
    }

    @Override
    public String toString() {
        return custody.toString();
    }
}
