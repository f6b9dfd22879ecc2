package org.wasl.security.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wasl.security.authority.TestAuthority.CSPD;
import static org.wasl.security.authority.TestAuthority.NOW;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.security.registry.ShortTermCertificates;

class CertificateAuthorityTest {

    private static final int DIGITAL_SIGNATURE_ONLY = 1;

    private final TestAuthority authority;

    CertificateAuthorityTest() throws GeneralSecurityException {
        authority = new TestAuthority("message-ca");
    }

    @Test
    void issue_whenForMessages_keepsTheProfileThatValidatorsAskFor() throws Exception {
        X509Certificate certificate = authority.message(CSPD);

        certificate.verify(authority.certificate().getPublicKey());
        assertThat(certificate.getSubjectX500Principal().getName())
                .contains("O=JO/GOV/CSPD")
                .contains("CN=test");
        assertThat(certificate.getSubjectX500Principal().toString()).contains("SERIALNUMBER=");
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
        assertThat(usages(certificate)).isEqualTo(DIGITAL_SIGNATURE_ONLY);
        assertThat(certificate.getKeyUsage()[0]).isTrue();
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getExtendedKeyUsage()).isNull();
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(certificate.getSerialNumber().bitLength()).isBetween(100, 159);
        assertThat(CRLDistPoint.getInstance(extension(certificate, "2.5.29.31")).toString())
                .contains("http://pki.wasl.example/message-ca.crl");
        assertThat(AuthorityInformationAccess.getInstance(extension(certificate, "1.3.6.1.5.5.7.1.1"))
                        .getAccessDescriptions())
                .singleElement()
                .satisfies(access -> assertThat(access.getAccessLocation().getName())
                        .hasToString("http://pki.wasl.example/message-ca.crt"));
    }

    @Test
    void issue_whenShortTerm_saysThatThereIsNoRevocationAndNamesNoList() throws Exception {
        X509Certificate certificate = authority
                .issue(CertificateProfile.MESSAGE_SHORT_TERM, CSPD, Duration.ofHours(8))
                .certificate();

        assertThat(certificate.getExtensionValue(ShortTermCertificates.NO_REVOCATION_AVAILABLE))
                .isNotNull();
        assertThat(certificate.getExtensionValue(ShortTermCertificates.VALIDITY_ASSURED))
                .isNotNull();
        assertThat(certificate.getExtensionValue("2.5.29.31")).isNull();
        assertThatThrownBy(() -> authority.issue(CertificateProfile.MESSAGE_SHORT_TERM, CSPD, Duration.ofHours(25)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void issue_whenForAServer_namesItsHostsAndPurpose() throws Exception {
        X509Certificate certificate = authority
                .issue(CertificateProfile.TLS_SERVER, CSPD, Duration.ofDays(30), "localhost", "127.0.0.1", "::1")
                .certificate();

        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1"));
    }

    @Test
    void issue_whenItWouldOutliveTheRoot_refuses() {
        assertThatThrownBy(() -> authority.issue(CertificateProfile.MESSAGE, CSPD, Duration.ofDays(4000)))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void createRoot_whenMade_mayCertifyOnlyEndEntities() {
        X509Certificate root = authority.certificate();

        assertThat(root.getBasicConstraints()).isZero();
        assertThat(root.getKeyUsage()[5]).isTrue();
        assertThat(root.getKeyUsage()[6]).isTrue();
        assertThat(usages(root)).isEqualTo(2);
    }

    @Test
    void revoke_whenThereIsAnEarlierList_carriesItsEntriesOver() throws Exception {
        X509Certificate first = authority.message(CSPD);
        X509Certificate second = authority.message(CSPD);
        X509CRL before = authority.list(Duration.ofDays(7), first);

        X509CRL after = authority
                .authority()
                .revoke(Optional.of(before), List.of(second.getSerialNumber()), Duration.ofDays(7));

        after.verify(authority.certificate().getPublicKey());
        assertThat(after.isRevoked(first)).isTrue();
        assertThat(after.isRevoked(second)).isTrue();
        assertThat(after.isRevoked(authority.message(CSPD))).isFalse();
        assertThat(after.getNextUpdate()).isEqualTo(Date.from(NOW.plus(Duration.ofDays(7))));
    }

    @Test
    void provenKey_whenTheRequestIsSignedByItsKey_givesIt() throws Exception {
        KeyPair pair = TestAuthority.newKey();

        byte[] request = SigningRequest.write(pair, "O=somebody else");

        assertThat(SigningRequest.provenKey(request)).contains(pair.getPublic());
    }

    @Test
    void provenKey_whenAnyOctetIsAltered_givesNoOtherKey() throws Exception {
        KeyPair pair = TestAuthority.newKey();
        byte[] request = SigningRequest.write(pair, "O=JO");

        for (int i = 0; i < request.length; i++) {
            byte[] altered = request.clone();
            altered[i] ^= 1;
            // An octet outside what is signed may not matter; what must not happen is that another key passes.
            assertThat(SigningRequest.provenKey(altered).orElse(pair.getPublic()))
                    .as("octet %d", i)
                    .isEqualTo(pair.getPublic());
        }
        for (int length = 0; length < request.length; length++) {
            assertThat(SigningRequest.provenKey(Arrays.copyOf(request, length))).isEmpty();
        }
        assertThat(SigningRequest.provenKey(new byte[20_000])).isEmpty();
    }

    @Test
    void issue_whenCheckedByOpenssl_verifiesWithTheRevocationList(@TempDir Path directory) throws Exception {
        OpenSsl.assumeInstalled();
        X509Certificate good = authority.message(CSPD);
        X509Certificate bad = authority.message(CSPD);
        Files.write(directory.resolve("ca.pem"), Pem.certificates(List.of(authority.certificate())));
        Files.write(directory.resolve("good.pem"), Pem.certificates(List.of(good)));
        Files.write(directory.resolve("bad.pem"), Pem.certificates(List.of(bad)));
        Files.write(directory.resolve("list.pem"), Pem.revocationList(authority.list(Duration.ofDays(7), bad)));

        OpenSsl.Outcome goodOutcome = verify(directory, "good.pem");
        OpenSsl.Outcome badOutcome = verify(directory, "bad.pem");

        assertThat(goodOutcome.output()).contains("good.pem: OK");
        assertThat(goodOutcome.exit()).isZero();
        assertThat(badOutcome.output()).contains("certificate revoked");
        assertThat(badOutcome.exit()).isNotZero();
    }

    @Test
    void pem_whenReadByOpenssl_holdsTheKey(@TempDir Path directory) throws Exception {
        OpenSsl.assumeInstalled();
        Files.write(
                directory.resolve("key.pem"),
                Pem.privateKey(TestAuthority.newKey().getPrivate()));

        OpenSsl.Outcome outcome = OpenSsl.run(directory, "pkey", "-in", "key.pem", "-noout", "-text_pub");

        assertThat(outcome.output()).contains("P-256");
    }

    private static OpenSsl.Outcome verify(Path directory, String file) throws Exception {
        String at = Long.toString(NOW.getEpochSecond());
        return OpenSsl.run(
                directory,
                "verify",
                "-x509_strict",
                "-attime",
                at,
                "-crl_check",
                "-CRLfile",
                "list.pem",
                "-CAfile",
                "ca.pem",
                file);
    }

    private static int usages(X509Certificate certificate) {
        int count = 0;
        for (boolean usage : certificate.getKeyUsage()) {
            count += usage ? 1 : 0;
        }
        return count;
    }

    private static byte[] extension(X509Certificate certificate, String oid) {
        return ASN1OctetString.getInstance(certificate.getExtensionValue(oid)).getOctets();
    }
}
