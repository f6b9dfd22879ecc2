package org.wasl.security.registry;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;

/**
 * The authority's detached CMS signature over the registry's octets: ECDSA over P-256 with SHA-256. It is an ordinary
 * CMS file, so that {@code openssl cms -verify -binary} checks it without us.
 */
public final class RegistrySignature {

    private static final String ALGORITHM = "SHA256withECDSA";
    private static final Set<String> DIGESTS = Set.of(NISTObjectIdentifiers.id_sha256.getId());
    private static final Set<String> SIGNATURES = Set.of(X9ObjectIdentifiers.ecdsa_with_SHA256.getId());

    private RegistrySignature() {}

    /**
     * Signs the registry's octets.
     *
     * @param octets {@code registry.xml} as it will be published
     * @param key the authority's key
     * @param certificate its certificate, which nodes have pinned
     * @return the detached signature, DER
     */
    public static byte[] sign(byte[] octets, PrivateKey key, X509Certificate certificate)
            throws GeneralSecurityException {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                            .build(new JcaContentSignerBuilder(ALGORITHM).build(key), certificate));
            generator.addCertificates(new JcaCertStore(List.of(certificate)));
            return generator
                    .generate(new CMSProcessableByteArray(octets), false)
                    .getEncoded("DER");
        } catch (CMSException | OperatorCreationException | IOException e) {
            throw new GeneralSecurityException("the registry cannot be signed", e);
        }
    }

    /**
     * Checks the signature against the pinned certificate; one that travels inside the signature counts for nothing.
     *
     * @param octets {@code registry.xml}
     * @param signature {@code registry.xml.p7s}
     * @param authority the pinned certificate
     * @param at when the pinned certificate must be valid
     * @return why it is refused; empty when the authority signed exactly these octets
     */
    public static Optional<Fault> refusal(byte[] octets, byte[] signature, X509Certificate authority, Instant at) {
        try {
            authority.checkValidity(Date.from(at));
        } catch (CertificateException e) {
            return refused("the registry authority's certificate is outside its validity");
        }
        try {
            CMSSignedData signed = new CMSSignedData(new CMSProcessableByteArray(octets), signature);
            Collection<SignerInformation> signers = signed.getSignerInfos().getSigners();
            if (signers.size() != 1) {
                return refused("the registry's signature must have one signer, it has " + signers.size());
            }
            return refusal(signers.iterator().next(), authority);
        } catch (CMSException e) {
            return refused("the registry's signature is not a CMS signature over these octets");
        } catch (RuntimeException e) {
            // BouncyCastle reports malformed ASN.1 that it meets late by unchecked exceptions of many kinds.
            // Whatever it is, such octets show nothing.
            return refused("the registry's signature is not a CMS signature over these octets");
        }
    }

    private static Optional<Fault> refusal(SignerInformation signer, X509Certificate authority) throws CMSException {
        if (!DIGESTS.contains(signer.getDigestAlgOID()) || !SIGNATURES.contains(signer.getEncryptionAlgOID())) {
            return refused("the registry's signature must be ECDSA with SHA-256");
        }
        try {
            if (!signer.getSID().match(new JcaX509CertificateHolder(authority))) {
                return refused("the registry is signed by another than the pinned authority");
            }
            boolean verified = signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(authority.getPublicKey()));
            return verified ? Optional.empty() : refused("the registry's signature value is wrong");
        } catch (GeneralSecurityException | OperatorCreationException | RuntimeOperatorException e) {
            return refused("the registry's signature cannot be checked with the authority's key");
        }
    }

    private static Optional<Fault> refused(String detail) {
        return Optional.of(new Fault(FaultCode.REGISTRY_INVALID, Stage.VERIFY, "registry", detail));
    }
}
