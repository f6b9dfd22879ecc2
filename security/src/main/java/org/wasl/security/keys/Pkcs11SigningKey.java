package org.wasl.security.keys;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.SignatureMethod;

/** A message key in a PKCS#11 token, which computes the signatures: the key itself never leaves. */
final class Pkcs11SigningKey implements SigningKey {

    private final Pkcs11Token token;
    private final String label;
    private final MemberId member;
    private final X509Certificate certificate;
    private final SignatureMethod method;

    Pkcs11SigningKey(Pkcs11Token token, HeldKey key) throws GeneralSecurityException {
        this.token = token;
        this.label = key.name();
        this.member = key.member();
        this.certificate = key.certificate();
        this.method = Pkcs12SigningKey.method(certificate.getPublicKey());
    }

    @Override
    public MemberId member() {
        return member;
    }

    @Override
    public X509Certificate certificate() {
        return certificate;
    }

    @Override
    public String algorithm() {
        return method.uri();
    }

    @Override
    public byte[] sign(byte[] octets) {
        return method.wellFormed(token.compute(label, (key, provider) -> {
            Signature signature = Signature.getInstance(method.jcaName(), provider);
            signature.initSign(key);
            signature.update(octets);
            return signature.sign();
        }));
    }

    @Override
    public String toString() {
        return "message key of " + member + " in " + token;
    }
}
