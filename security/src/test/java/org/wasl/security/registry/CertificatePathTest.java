package org.wasl.security.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.security.authority.TestAuthority.CSPD;
import static org.wasl.security.authority.TestAuthority.DVLD;
import static org.wasl.security.authority.TestAuthority.NOW;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.authority.TestAuthority;
import org.wasl.security.certificate.RevocationFiles;
import org.wasl.security.certificate.RevocationLists;

class CertificatePathTest {

    private static final URI LIST = URI.create("crl/message-ca.crl");

    private final TestAuthority authority;
    private final X509Certificate certificate;

    CertificatePathTest() throws GeneralSecurityException {
        authority = new TestAuthority("message-ca");
        certificate = authority.message(CSPD);
    }

    @Test
    void refusal_whenRegisteredIssuedCurrentAndNotRevoked_isNone() throws Exception {
        CertificatePath path = path(Optional.of(authority.list(Duration.ofDays(7))));

        assertThat(check(path, registry(LIST, entry(certificate)), CSPD, NOW)).isEmpty();
        assertThat(check(path, registry(LIST, entry(certificate)), CSPD, NOW)).isEmpty();
    }

    @Test
    void refusal_whenTheRegistryDoesNotHaveIt_isUnknown() {
        assertThat(check(path(Optional.empty()), registry(null), CSPD, NOW)).contains(FaultCode.CERTIFICATE_UNKNOWN);
    }

    @Test
    void refusal_whenItIsAnotherMembers_saysSo() {
        assertThat(check(path(Optional.empty()), registry(null, entry(certificate)), DVLD, NOW))
                .contains(FaultCode.CERTIFICATE_OTHER_MEMBER);
    }

    @Test
    void refusal_whenRegisteredForAnotherUse_isUsage() {
        RegisteredCertificate tls = new RegisteredCertificate(
                CertificateUse.TLS, certificate, NOW.minusSeconds(1), NOW.plusSeconds(1), null);

        assertThat(check(path(Optional.empty()), registry(null, tls), CSPD, NOW))
                .contains(FaultCode.CERTIFICATE_USAGE);
    }

    @Test
    void refusal_whenOutsideTheRegistrysWindow_isExpired() {
        RegisteredCertificate entry = new RegisteredCertificate(
                CertificateUse.MESSAGE, certificate, NOW.minusSeconds(60), NOW.plusSeconds(60), null);
        CertificatePath path = path(Optional.empty());

        assertThat(check(path, registry(null, entry), CSPD, NOW.minusSeconds(60)))
                .isEmpty();
        assertThat(check(path, registry(null, entry), CSPD, NOW.minusSeconds(61)))
                .contains(FaultCode.CERTIFICATE_EXPIRED);
        assertThat(check(path, registry(null, entry), CSPD, NOW.plusSeconds(60)))
                .contains(FaultCode.CERTIFICATE_EXPIRED);
    }

    @Test
    void refusal_whenOutsideTheCertificatesOwnTime_isExpired() {
        Instant late = certificate.getNotAfter().toInstant().plusSeconds(1);
        RegisteredCertificate entry =
                new RegisteredCertificate(CertificateUse.MESSAGE, certificate, NOW, late.plusSeconds(1000), null);

        assertThat(check(path(Optional.empty()), registry(null, entry), CSPD, late))
                .contains(FaultCode.CERTIFICATE_EXPIRED);
    }

    @Test
    void refusal_whenCompromised_isRevokedFromThatInstantOn() {
        RegisteredCertificate entry = new RegisteredCertificate(
                CertificateUse.MESSAGE, certificate, NOW.minusSeconds(60), NOW.plusSeconds(60), NOW);
        CertificatePath path = path(Optional.empty());

        assertThat(check(path, registry(null, entry), CSPD, NOW.minusMillis(1))).isEmpty();
        assertThat(check(path, registry(null, entry), CSPD, NOW)).contains(FaultCode.CERTIFICATE_REVOKED);
    }

    @Test
    void refusal_whenAnotherAuthorityOfTheSameNameIssuedIt_isUntrusted() throws Exception {
        X509Certificate foreign = new TestAuthority("message-ca").message(CSPD);

        assertThat(path(Optional.empty())
                        .refusal(registry(null, entry(foreign)), CSPD, CertificateUse.MESSAGE, foreign, NOW)
                        .map(Fault::code))
                .contains(FaultCode.CERTIFICATE_UNTRUSTED);
    }

    @Test
    void refusal_whenItsAuthorityIsForAnotherUse_isUntrusted() {
        TrustAnchor tls = new TrustAnchor(CertificateUse.TLS, authority.certificate(), null);
        Label name = new Label("عضو", "Member");
        Registry registry = new Registry(
                "JO",
                1,
                NOW,
                NOW.plusSeconds(3600),
                List.of(tls),
                List.of(new Member(CSPD, name, List.of("node-1"), List.of(entry(certificate)), List.of())),
                List.of());

        assertThat(check(path(Optional.empty()), registry, CSPD, NOW)).contains(FaultCode.CERTIFICATE_UNTRUSTED);
    }

    @Test
    void refusal_whenAClientCertificateIsUsedForMessages_isUsage() throws Exception {
        X509Certificate client = authority
                .issue(CertificateProfile.TLS_CLIENT, CSPD, Duration.ofDays(30))
                .certificate();

        assertThat(path(Optional.empty())
                        .refusal(registry(null, entry(client)), CSPD, CertificateUse.MESSAGE, client, NOW)
                        .map(Fault::code))
                .contains(FaultCode.CERTIFICATE_USAGE);
    }

    @Test
    void refusal_whenAnAuthoritysOwnCertificateIsUsedForMessages_isUsage() {
        X509Certificate root = authority.certificate();

        assertThat(path(Optional.empty())
                        .refusal(registry(null, entry(root)), CSPD, CertificateUse.MESSAGE, root, NOW)
                        .map(Fault::code))
                .contains(FaultCode.CERTIFICATE_USAGE);
    }

    @Test
    void refusal_whenRevoked_isRevokedFromThatInstantOn() throws Exception {
        CertificatePath path = path(Optional.of(authority.list(Duration.ofDays(7), certificate)));
        Registry registry = registry(LIST, entry(certificate));

        assertThat(check(path, registry, CSPD, NOW)).contains(FaultCode.CERTIFICATE_REVOKED);
        assertThat(check(path, registry, CSPD, NOW.minusSeconds(1))).isEmpty();
    }

    @Test
    void refusal_whenTheDeclaredListIsMissingOrOutOfDate_isStatusUnknown() throws Exception {
        Registry registry = registry(LIST, entry(certificate));

        assertThat(check(path(Optional.empty()), registry, CSPD, NOW)).contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);
        assertThat(check(
                        path(Optional.of(authority.list(Duration.ofMinutes(5)))), registry, CSPD, NOW.plusSeconds(300)))
                .contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);
    }

    @Test
    void refusal_whenTheCertificateIsShortTerm_needsNoList() throws Exception {
        X509Certificate shortTerm = authority
                .issue(CertificateProfile.MESSAGE_SHORT_TERM, CSPD, Duration.ofHours(8))
                .certificate();

        assertThat(path(Optional.empty())
                        .refusal(registry(LIST, entry(shortTerm)), CSPD, CertificateUse.MESSAGE, shortTerm, NOW))
                .isEmpty();
    }

    @Test
    void refusal_whenTheDirectoryHoldsGoodAndBadLists_takesThatOfTheAuthority(@TempDir Path directory)
            throws Exception {
        Files.write(
                directory.resolve("good.crl"),
                authority.list(Duration.ofDays(7), certificate).getEncoded());
        Files.write(
                directory.resolve("forged.crl"),
                new TestAuthority("message-ca").list(Duration.ofDays(7)).getEncoded());
        Files.writeString(directory.resolve("broken.crl"), "not a list", StandardCharsets.UTF_8);
        RevocationFiles files = new RevocationFiles(directory);

        assertThat(files.lists()).isEmpty();
        files.reload();

        CertificatePath path = new CertificatePath(files);
        assertThat(check(path, registry(LIST, entry(certificate)), CSPD, NOW)).contains(FaultCode.CERTIFICATE_REVOKED);
        X509Certificate other = authority.message(CSPD);
        assertThat(path.refusal(registry(LIST, entry(other)), CSPD, CertificateUse.MESSAGE, other, NOW))
                .isEmpty();
    }

    private static CertificatePath path(Optional<java.security.cert.X509CRL> list) {
        return new CertificatePath((RevocationLists) () -> list.map(List::of).orElse(List.of()));
    }

    private Optional<FaultCode> check(CertificatePath path, Registry registry, MemberId member, Instant at) {
        return path.refusal(registry, member, CertificateUse.MESSAGE, certificate, at)
                .map(Fault::code);
    }

    private static RegisteredCertificate entry(X509Certificate certificate) {
        return new RegisteredCertificate(
                CertificateUse.MESSAGE, certificate, NOW.minusSeconds(3600), NOW.plusSeconds(3600), null);
    }

    private Registry registry(@Nullable URI list, RegisteredCertificate... certificates) {
        Label name = new Label("عضو", "Member");
        return new Registry(
                "JO",
                1,
                NOW,
                NOW.plusSeconds(3600),
                List.of(new TrustAnchor(CertificateUse.MESSAGE, authority.certificate(), list)),
                List.of(
                        new Member(CSPD, name, List.of("node-1"), List.of(certificates), List.of()),
                        new Member(DVLD, name, List.of("node-1"), List.of(), List.of())),
                List.of());
    }
}
