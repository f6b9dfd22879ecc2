package org.wasl.security.container;

import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonCertificateSource;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.ExternalResourcesOCSPSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Puts every container of an exported bundle to EU DSS, with what the bundle itself brings: in a process of its own. */
public final class DssProgram {

    private DssProgram() {}

    /** @param arguments the bundle's file; as of when, if not as of now */
    public static void main(String[] arguments) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(Path.of(arguments[0])))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        of(files, "certificates/anchor-", ".pem")
                .forEach(anchor -> trusted.addCertificate(DSSUtils.loadCertificate(anchor)));
        // What stands between: authorities, and the members' own issuing keys above short-term certificates.
        CommonCertificateSource between = new CommonCertificateSource();
        of(files, "certificates/", ".pem")
                .forEach(certificate -> between.addCertificate(DSSUtils.loadCertificate(certificate)));
        Optional<Date> at =
                arguments.length > 1 ? Optional.of(Date.from(Instant.parse(arguments[1]))) : Optional.empty();
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setAdjunctCertSources(between);
        verifier.setTrustedCertSources(trusted);
        verifier.setOcspSource(
                new ExternalResourcesOCSPSource(of(files, "evidence/", ".ocsp").toArray(InputStream[]::new)));
        verifier.setCrlSource(
                new ExternalResourcesCRLSource(of(files, "evidence/", ".crl").toArray(InputStream[]::new)));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getKey().endsWith(".asice")) {
                System.out.println(file.getKey() + " " + judged(file.getValue(), verifier, at));
            }
        }
    }

    private static List<InputStream> of(Map<String, byte[]> files, String start, String end) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().startsWith(start) && file.getKey().endsWith(end))
                .<InputStream>map(file -> new ByteArrayInputStream(file.getValue()))
                .toList();
    }

    private static String judged(byte[] container, CommonCertificateVerifier verifier, Optional<Date> at) {
        DSSDocument document = new InMemoryDocument(container, "message.asice");
        SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(document);
        validator.setCertificateVerifier(verifier);
        at.ifPresent(validator::setValidationTime);
        SimpleReport report = validator.validateDocument().getSimpleReport();
        String id = report.getFirstSignatureId();
        return report.getIndication(id) + " " + report.getSubIndication(id) + " " + report.getSignatureFormat(id) + " "
                + report.getContainerType() + " " + report.getSignaturesCount() + " "
                + report.getAdESValidationErrors(id).stream()
                        .map(message -> message.getValue())
                        .toList();
    }
}
