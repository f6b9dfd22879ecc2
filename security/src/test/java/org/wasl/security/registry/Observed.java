package org.wasl.security.registry;

import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;

/** A certificate that counts how often it is looked at; its octets are its own. */
final class Observed extends X509Certificate {

    private static final long serialVersionUID = 1L;

    private final transient X509Certificate like;
    private final byte[] octets;
    private final transient AtomicLong looks;

    /**
     * @param like what it says
     * @param number makes its octets unlike others'
     * @param looks counts
     */
    Observed(X509Certificate like, int number, AtomicLong looks) throws CertificateEncodingException {
        this.like = like;
        this.looks = looks;
        byte[] encoded = like.getEncoded();
        octets = Arrays.copyOf(encoded, encoded.length + 2);
        octets[encoded.length] = (byte) number;
        octets[encoded.length + 1] = (byte) (number >> 8);
    }

    private X509Certificate looked() {
        looks.incrementAndGet();
        return like;
    }

    @Override
    public byte[] getEncoded() {
        looks.incrementAndGet();
        return octets.clone();
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return looked().getSubjectX500Principal();
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return looked().getIssuerX500Principal();
    }

    @Override
    public byte[] getExtensionValue(String oid) {
        return looked().getExtensionValue(oid);
    }

    @Override
    public void checkValidity() throws CertificateExpiredException, CertificateNotYetValidException {
        looked().checkValidity();
    }

    @Override
    public void checkValidity(Date date) throws CertificateExpiredException, CertificateNotYetValidException {
        looked().checkValidity(date);
    }

    @Override
    public int getVersion() {
        return looked().getVersion();
    }

    @Override
    public BigInteger getSerialNumber() {
        return looked().getSerialNumber();
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // the JDK's own contract
    public Date getNotBefore() {
        return looked().getNotBefore();
    }

    @Override
    public Date getNotAfter() {
        return looked().getNotAfter();
    }

    @Override
    public Principal getIssuerDN() {
        return looked().getIssuerX500Principal();
    }

    @Override
    public Principal getSubjectDN() {
        return looked().getSubjectX500Principal();
    }

    @Override
    public byte[] getTBSCertificate() throws CertificateEncodingException {
        return looked().getTBSCertificate();
    }

    @Override
    public byte[] getSignature() {
        return looked().getSignature();
    }

    @Override
    public String getSigAlgName() {
        return looked().getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return looked().getSigAlgOID();
    }

    @Override
    public byte[] getSigAlgParams() {
        return looked().getSigAlgParams();
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        return looked().getIssuerUniqueID();
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        return looked().getSubjectUniqueID();
    }

    @Override
    public boolean[] getKeyUsage() {
        return looked().getKeyUsage();
    }

    @Override
    public int getBasicConstraints() {
        return looked().getBasicConstraints();
    }

    @Override
    public void verify(PublicKey key) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public void verify(PublicKey key, String provider) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public PublicKey getPublicKey() {
        return looked().getPublicKey();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return looked().hasUnsupportedCriticalExtension();
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        return looked().getCriticalExtensionOIDs();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        return looked().getNonCriticalExtensionOIDs();
    }

    @Override
    public String toString() {
        return "observed " + like.getSubjectX500Principal();
    }
}
