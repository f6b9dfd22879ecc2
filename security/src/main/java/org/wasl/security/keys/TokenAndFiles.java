package org.wasl.security.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.CertificateUse;

/** Keys in a token, and in files only those that no token can hold here: those that sign notes. */
public final class TokenAndFiles implements KeyCustody {

    private final KeyCustody token;
    private final KeyCustody files;

    /** Both are closed with this. */
    public TokenAndFiles(Pkcs11Custody token, Pkcs12Custody files) {
        this.token = token;
        this.files = files;
    }

    private KeyCustody of(CertificateUse use) {
        return use.signsNotes() ? files : token;
    }

    /** Other keys in files are not found: nobody shall sign with one by mistake. */
    @Override
    public List<HeldKey> keys(Set<MemberId> members) throws IOException, GeneralSecurityException {
        List<HeldKey> keys = new ArrayList<>(token.keys(members));
        files.keys(members).stream().filter(key -> key.use().signsNotes()).forEach(keys::add);
        return keys;
    }

    @Override
    public HeldKey generate(MemberId member, CertificateUse use) throws IOException, GeneralSecurityException {
        return of(use).generate(member, use);
    }

    @Override
    public HeldKey generate(MemberId member, CertificateUse use, Certification certification)
            throws IOException, GeneralSecurityException {
        return of(use).generate(member, use, certification);
    }

    @Override
    public HeldKey certify(HeldKey key, List<X509Certificate> chain) throws IOException, GeneralSecurityException {
        return of(key.use()).certify(key, chain);
    }

    @Override
    public SigningKey signingKey(HeldKey key) throws GeneralSecurityException {
        return of(key.use()).signingKey(key);
    }

    @Override
    public DecryptionKey decryptionKey(HeldKey key) throws GeneralSecurityException {
        return of(key.use()).decryptionKey(key);
    }

    @Override
    public CheckpointKey checkpointKey(HeldKey key) throws GeneralSecurityException {
        return of(key.use()).checkpointKey(key);
    }

    @Override
    public Object stamp(Set<MemberId> members) {
        return List.of(token.stamp(members), files.stamp(members));
    }

    @Override
    public void close() {
        token.close();
        files.close();
    }

    @Override
    public String toString() {
        return token + ", and " + files;
    }
}
