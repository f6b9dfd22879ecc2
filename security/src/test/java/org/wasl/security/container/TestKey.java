package org.wasl.security.container;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.crypto.SignatureMethod;
import org.wasl.security.keys.SigningKey;

/** A key in memory. */
public record TestKey(MemberId member, X509Certificate certificate, KeyPair pair, SignatureMethod method)
        implements SigningKey {

    public static TestKey of(MemberId member, TestAuthority authority, String keyType) {
        KeyPair pair = TestAuthority.generate(keyType);
        X509Certificate certificate = authority.issue(member.member() + " messages", pair.getPublic(), 365);
        SignatureMethod method =
                switch (keyType) {
                    case "EC" -> SignatureMethod.ECDSA_P256_SHA256;
                    case "Ed25519" -> SignatureMethod.ED25519;
                    default -> SignatureMethod.RSA_SHA256;
                };
        return new TestKey(member, certificate, pair, method);
    }

    public TestKey with(X509Certificate other) {
        return new TestKey(member, other, pair, method);
    }

    public TestKey as(MemberId other) {
        return new TestKey(other, certificate, pair, method);
    }

    @Override
    public String algorithm() {
        return method.uri();
    }

    @Override
    public byte[] sign(byte[] octets) {
        try {
            Signature signature = CryptoProvider.chosen().signature(method.jcaName());
            signature.initSign(pair.getPrivate());
            signature.update(octets);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
