package org.wasl.security.container;

import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
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
        CertificateToken anchor = DSSUtils.loadCertificate(authority);
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        trusted.addCertificate(anchor);
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(trusted);
        verifier.setCrlSource(new ExternalResourcesCRLSource(new ByteArrayInputStream(crl)));

        SignedDocumentValidator validator =
                SignedDocumentValidator.fromDocument(new InMemoryDocument(container, "message.asice"));
        validator.setCertificateVerifier(verifier);
        Reports reports = validator.validateDocument();

        SimpleReport report = reports.getSimpleReport();
        String id = report.getFirstSignatureId();
        return report.getIndication(id)
                + " " + report.getSignatureFormat(id)
                + " " + report.getContainerType()
                + " " + report.getSignaturesCount()
                + "\n" + reports.getXmlSimpleReport();
    }
}
