package org.wasl.security.authority;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.ShortTermCertificates;

/** The kinds of certificates that an authority issues; each is good for one thing. */
public enum CertificateProfile {
    /** Signs messages; carries where its revocation list and its issuer's certificate are. */
    MESSAGE(CertificateUse.MESSAGE, true),
    /** Signs messages for hours; carries {@code noRevAvail} (RFC 9608) instead, so nobody asks for its status. */
    MESSAGE_SHORT_TERM(CertificateUse.MESSAGE, false),
    /** Issues message certificates for hours to the member that it is for, and to nobody else. */
    MESSAGE_ISSUER(
            CertificateUse.MESSAGE_ISSUER,
            true,
            KeyPurposeId.getInstance(new ASN1ObjectIdentifier(ShortTermCertificates.DOCUMENT_SIGNING))),
    /** Receives encrypted messages: its key agrees on keys, and signs nothing. */
    ENCRYPTION(CertificateUse.ENCRYPTION, true),
    /** A node's server certificate. */
    TLS_SERVER(CertificateUse.TLS, true, KeyPurposeId.id_kp_serverAuth),
    /** A member's client certificate. */
    TLS_CLIENT(CertificateUse.TLS, true, KeyPurposeId.id_kp_clientAuth),
    /** A node's certificate towards other nodes and the broker: server and client. */
    TLS_NODE(CertificateUse.TLS, true, KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);

    private final CertificateUse use;
    private final boolean revocable;
    private final KeyPurposeId[] purposes;

    CertificateProfile(CertificateUse use, boolean revocable, KeyPurposeId... purposes) {
        this.use = use;
        this.revocable = revocable;
        this.purposes = purposes;
    }

    /** The use under which the registry lists such a certificate. */
    public CertificateUse use() {
        return use;
    }

    boolean revocable() {
        return revocable;
    }

    /** The one thing that the key may do. */
    int keyUsage() {
        return switch (use) {
            case ENCRYPTION -> KeyUsage.keyAgreement;
            case MESSAGE_ISSUER -> KeyUsage.keyCertSign;
            default -> KeyUsage.digitalSignature;
        };
    }

    KeyPurposeId[] purposes() {
        return purposes.clone();
    }
}
