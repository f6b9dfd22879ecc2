package org.wasl.security.container;

import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonCertificateSource;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.ByteArrayInputStream;

/** What {@link DssValidation} calls beyond its class loader; speaks in types of the JDK alone. */
public final class DssBridge {

    private DssBridge() {}

    /** Indication, level, container type and number of signatures on the first line, then the report. */
    public static String validate(byte[] container, byte[] authority, byte[] crl) {
        return told(reports(container, authority, crl));
    }

    private static String told(Reports reports) {
        SimpleReport report = reports.getSimpleReport();
        String id = report.getFirstSignatureId();
        return report.getIndication(id)
                + " " + report.getSignatureFormat(id)
                + " " + report.getContainerType()
                + " " + report.getSignaturesCount()
                + "\n" + reports.getXmlSimpleReport();
    }

    /** The first signature's indication; {@code NONE} when there is no signature or DSS does not read the file. */
    public static String indication(byte[] container, byte[] authority, byte[] crl) {
        try {
            SimpleReport report = reports(container, authority, crl).getSimpleReport();
            String id = report.getFirstSignatureId();
            return id == null ? "NONE" : String.valueOf(report.getIndication(id));
        } catch (RuntimeException e) {
            // DSS says so of whatever it cannot read.
            return "NONE";
        }
    }

    /** The same first line and report, where an issuing certificate that is in no container is at hand. */
    public static String validateOver(byte[] container, byte[] authority, byte[] crl, byte[] issuer) {
        CommonCertificateSource between = new CommonCertificateSource();
        between.addCertificate(DSSUtils.loadCertificate(issuer));
        return told(reports(container, authority, crl, between));
    }

    private static Reports reports(byte[] container, byte[] authority, byte[] crl) {
        return reports(container, authority, crl, new CommonCertificateSource());
    }

    private static Reports reports(byte[] container, byte[] authority, byte[] crl, CommonCertificateSource between) {
        CertificateToken anchor = DSSUtils.loadCertificate(authority);
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        trusted.addCertificate(anchor);
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(trusted);
        verifier.setAdjunctCertSources(between);
        verifier.setCrlSource(new ExternalResourcesCRLSource(new ByteArrayInputStream(crl)));

        SignedDocumentValidator validator =
                SignedDocumentValidator.fromDocument(new InMemoryDocument(container, "message.asice"));
        validator.setCertificateVerifier(verifier);
        return validator.validateDocument();
    }
}
