package org.wasl.bench.exchange;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.keys.CheckpointKey;
import org.wasl.security.keys.DecryptionKey;
import org.wasl.security.keys.HeldKey;
import org.wasl.security.keys.KeyCustody;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.CertificateUse;

/** Stands for a hardware module: keys that sign no more often than so many times a second, all together. */
final class LimitedToken implements KeyCustody {

    private final KeyCustody keys;
    private final long gapNanos;
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong signed = new AtomicLong();

    LimitedToken(KeyCustody keys, int perSecond) {
        this.keys = keys;
        this.gapNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /** How often it signed. */
    long signatures() {
        return signed.get();
    }

    private void awaitTurn() {
        long turn = next.getAndUpdate(before -> Math.max(before, System.nanoTime()) + gapNanos);
        for (long wait = turn - System.nanoTime(); wait > 0; wait = turn - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
        signed.incrementAndGet();
    }

    private final class LimitedKey implements SigningKey {

        private final SigningKey key;

        LimitedKey(SigningKey key) {
            this.key = key;
        }

        @Override
        public MemberId member() {
            return key.member();
        }

        @Override
        public X509Certificate certificate() {
            return key.certificate();
        }

        @Override
        public String algorithm() {
            return key.algorithm();
        }

        @Override
        public byte[] sign(byte[] octets) {
            awaitTurn();
            return key.sign(octets);
        }
    }

    @Override
    public SigningKey signingKey(HeldKey key) throws GeneralSecurityException {
        return new LimitedKey(keys.signingKey(key));
    }

    @Override
    public List<HeldKey> keys(Set<MemberId> members) throws IOException, GeneralSecurityException {
        return keys.keys(members);
    }

    @Override
    public HeldKey generate(MemberId member, CertificateUse use) throws IOException, GeneralSecurityException {
        return keys.generate(member, use);
    }

    @Override
    public HeldKey generate(MemberId member, CertificateUse use, Certification certification)
            throws IOException, GeneralSecurityException {
        return keys.generate(member, use, certification);
    }

    @Override
    public HeldKey certify(HeldKey key, List<X509Certificate> chain) throws IOException, GeneralSecurityException {
        return keys.certify(key, chain);
    }

    @Override
    public DecryptionKey decryptionKey(HeldKey key) throws GeneralSecurityException {
        return keys.decryptionKey(key);
    }

    @Override
    public CheckpointKey checkpointKey(HeldKey key) throws GeneralSecurityException {
        return keys.checkpointKey(key);
    }

    @Override
    public Object stamp(Set<MemberId> members) {
        return keys.stamp(members);
    }

    @Override
    public void close() {
        keys.close();
    }

    @Override
    public String toString() {
        return "a limit before " + keys;
    }
}
