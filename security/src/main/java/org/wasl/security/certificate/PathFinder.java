package org.wasl.security.certificate;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.cert.CRLException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.jcajce.PKIXExtendedBuilderParameters;
import org.bouncycastle.jcajce.PKIXExtendedParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Finds a path of trust to a certificate and validates it (RFC 5280), with BouncyCastle's engine: of those tried, it
 * alone answers every PKITS case as NIST does, delta lists included. Looks at nothing but what it is given: no address
 * in any certificate is ever followed.
 */
public final class PathFinder {

    /** Authorities between a certificate and its anchor; more are a way to make the verifier work. */
    private static final int MAX_INTERMEDIATES = 8;

    private static final Provider ENGINE = new BouncyCastleProvider();

    private PathFinder() {}

    /**
     * Looks for a path.
     *
     * @param target the certificate
     * @param intermediates authorities' certificates that may stand between it and an anchor, and those that sign lists
     * @param anchors the authorities that are trusted
     */
    public static PathVerdict find(
            X509Certificate target,
            Collection<X509Certificate> intermediates,
            Collection<X509Certificate> anchors,
            PathRules rules) {
        Map<ByteBuffer, X509Certificate> originals = new HashMap<>();
        try {
            X509Certificate engineTarget = adopted(target, originals);
            Set<TrustAnchor> trusted = new HashSet<>();
            for (X509Certificate anchor : anchors) {
                trusted.add(new TrustAnchor(adopted(anchor, originals), null));
            }
            if (trusted.isEmpty()) {
                return new PathVerdict.None("there is no authority to start from");
            }
            List<Object> pool = new ArrayList<>(List.of(engineTarget));
            for (X509Certificate intermediate : intermediates) {
                pool.add(adopted(intermediate, originals));
            }
            if (rules.lists() != null) {
                for (X509CRL list : rules.lists()) {
                    pool.add(adopted(list));
                }
            }
            return build(engineTarget, trusted, pool, rules, originals);
        } catch (CertificateException | CRLException e) {
            return new PathVerdict.None("a certificate or list cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads a revocation list as the path's engine does.
     *
     * @throws CRLException when it is not one
     */
    static X509CRL readList(byte[] octets) throws CRLException {
        return (X509CRL) factory().generateCRL(new ByteArrayInputStream(octets));
    }

    private static PathVerdict build(
            X509Certificate target,
            Set<TrustAnchor> anchors,
            List<Object> pool,
            PathRules rules,
            Map<ByteBuffer, X509Certificate> originals)
            throws CertificateEncodingException {
        try {
            X509CertSelector selector = new X509CertSelector();
            selector.setCertificate(target);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, selector);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(pool)));
            parameters.setDate(Date.from(rules.at()));
            parameters.setRevocationEnabled(rules.lists() != null);
            parameters.setExplicitPolicyRequired(rules.explicitPolicy());
            parameters.setPolicyMappingInhibited(rules.inhibitMapping());
            parameters.setAnyPolicyInhibited(rules.inhibitAnyPolicy());
            if (!rules.policies().isEmpty()) {
                parameters.setInitialPolicies(rules.policies());
            }
            // A delta list that is at hand counts: what it revokes is revoked.
            PKIXExtendedParameters extended = new PKIXExtendedParameters.Builder(parameters)
                    .setUseDeltasEnabled(true)
                    .build();
            PKIXExtendedBuilderParameters bounded = new PKIXExtendedBuilderParameters.Builder(extended)
                    .setMaxPathLength(MAX_INTERMEDIATES)
                    .build();
            PKIXCertPathBuilderResult built = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX", ENGINE).build(bounded);
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate link : built.getCertPath().getCertificates()) {
                chain.add(original(link, originals));
            }
            return new PathVerdict.Found(chain, original(built.getTrustAnchor().getTrustedCert(), originals));
        } catch (CertPathBuilderException e) {
            return new PathVerdict.None(innermost(e));
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("the path engine cannot be set up", e);
        }
    }

    /** The same certificate as the engine's own kind of object; remembers whose it was. */
    private static X509Certificate adopted(X509Certificate certificate, Map<ByteBuffer, X509Certificate> originals)
            throws CertificateException {
        byte[] octets = certificate.getEncoded();
        originals.putIfAbsent(ByteBuffer.wrap(octets), certificate);
        return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(octets));
    }

    private static X509CRL adopted(X509CRL list) throws CRLException {
        return list.getClass().getName().startsWith("org.bouncycastle.") ? list : readList(list.getEncoded());
    }

    private static X509Certificate original(Certificate link, Map<ByteBuffer, X509Certificate> originals)
            throws CertificateEncodingException {
        X509Certificate original = originals.get(ByteBuffer.wrap(link.getEncoded()));
        if (original == null) {
            throw new IllegalStateException("the path holds a certificate that was not given");
        }
        return original;
    }

    private static CertificateFactory factory() {
        try {
            return CertificateFactory.getInstance("X.509", ENGINE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the path engine reads no certificates", e);
        }
    }

    private static String innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage());
    }
}
