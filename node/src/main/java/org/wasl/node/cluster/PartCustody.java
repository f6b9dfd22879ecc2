package org.wasl.node.cluster;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.keys.CheckpointKey;
import org.wasl.security.keys.DecryptionKey;
import org.wasl.security.keys.HeldKey;
import org.wasl.security.keys.KeyCustody;
import org.wasl.security.keys.Pkcs12Custody;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.CertificateUse;

/** Each member's keys in its own node's directory: the authority that certifies them never has them. */
final class PartCustody implements KeyCustody {

    private final Function<MemberId, TrustFiles> homes;
    private final Map<MemberId, KeyCustody> open = new HashMap<>();

    /** @param homes where a member's things are */
    PartCustody(Function<MemberId, TrustFiles> homes) {
        this.homes = homes;
    }

    private synchronized KeyCustody of(MemberId member) {
        return open.computeIfAbsent(member, own -> {
            TrustFiles files = homes.apply(own);
            return new Pkcs12Custody(files.keys(), files.secrets());
        });
    }

    @Override
    public List<HeldKey> keys(Set<MemberId> members) throws IOException, GeneralSecurityException {
        List<HeldKey> keys = new ArrayList<>();
        for (MemberId member : new TreeSet<>(members)) {
            keys.addAll(of(member).keys(Set.of(member)));
        }
        return keys;
    }

    @Override
    public HeldKey generate(MemberId member, CertificateUse use) throws IOException, GeneralSecurityException {
        return of(member).generate(member, use);
    }

    @Override
    public HeldKey generate(MemberId member, CertificateUse use, Certification certification)
            throws IOException, GeneralSecurityException {
        return of(member).generate(member, use, certification);
    }

    @Override
    public HeldKey certify(HeldKey key, List<java.security.cert.X509Certificate> chain)
            throws IOException, GeneralSecurityException {
        return of(key.member()).certify(key, chain);
    }

    @Override
    public SigningKey signingKey(HeldKey key) throws GeneralSecurityException {
        return of(key.member()).signingKey(key);
    }

    @Override
    public DecryptionKey decryptionKey(HeldKey key) throws GeneralSecurityException {
        return of(key.member()).decryptionKey(key);
    }

    @Override
    public CheckpointKey checkpointKey(HeldKey key) throws GeneralSecurityException {
        return of(key.member()).checkpointKey(key);
    }

    @Override
    public Object stamp(Set<MemberId> members) {
        List<Object> stamps = new ArrayList<>();
        for (MemberId member : new TreeSet<>(members)) {
            stamps.add(of(member).stamp(Set.of(member)));
        }
        return stamps;
    }

    @Override
    public synchronized void close() {
        open.values().forEach(KeyCustody::close);
        open.clear();
    }
}
