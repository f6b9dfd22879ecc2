package org.wasl.security.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.certificate.FetchedLists;
import org.wasl.security.certificate.OnlineRevocation;
import org.wasl.security.certificate.RecordedRevocation;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.certificate.RevocationSettings;
import org.wasl.security.certificate.RevocationSource;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Reliance;
import org.wasl.security.registry.TrustAnchor;
import org.wasl.security.registry.Trusted;

/** A member's certificate under an intermediate authority, both with a responder, and all that can go wrong with those. */
class RevocationTest {

    private static final MemberId CSPD = MemberId.parse("JO/GOV/CSPD");
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration VALIDITY = Duration.ofMinutes(10);
    private static final URI PUBLICATION = URI.create("http://pki.wasl.example/message-ca");

    private final AuthorityCertificates certificates = new AuthorityCertificates("JO", CLOCK);
    private final KeyEntry root = certificates.root("root", YEAR.multipliedBy(3), 1);
    private final KeyEntry issuing = certificates.intermediate(root, "issuing", YEAR.multipliedBy(2), 0);
    private final X509Certificate certificate = issue();
    private final X509Certificate other = issue();

    @TempDir
    private Path directory;

    private IssuedCertificates book;
    private OcspResponder responder;
    private LocalHttp rootHttp;
    private LocalHttp issuingHttp;

    RevocationTest() throws GeneralSecurityException {}

    private X509Certificate issue() throws GeneralSecurityException {
        KeyPair pair = EcKeys.generate();
        return new CertificateAuthority(issuing, PUBLICATION, CLOCK)
                .issue(new CertificateOrder(
                        CertificateProfile.MESSAGE, CSPD.toString(), "messages", pair.getPublic(), List.of(), YEAR));
    }

    @BeforeEach
    void start() throws Exception {
        book = new IssuedCertificates(directory.resolve("issuing.book"));
        book.enter(List.of(certificate, other));
        IssuedCertificates roots = new IssuedCertificates(directory.resolve("root.book"));
        roots.enter(List.of(issuing.certificate()));
        responder = responder(issuing, CLOCK);
        rootHttp = new LocalHttp(new OcspResponder(
                certificates.responder(root, "root status", YEAR), root.certificate(), roots, VALIDITY, CLOCK)::answer);
        issuingHttp = new LocalHttp(responder::answer);
    }

    @AfterEach
    void stop() {
        rootHttp.close();
        issuingHttp.close();
    }

    private OcspResponder responder(KeyEntry authority, Clock clock) throws GeneralSecurityException {
        return new OcspResponder(
                certificates.responder(authority, "status", YEAR), issuing.certificate(), book, VALIDITY, clock);
    }

    @Test
    void reliance_whenAllIsGood_givesTheResponsesAsEvidence() {
        try (OnlineRevocation online = online(settings(true))) {
            Reliance reliance = reliance(online, registry(null));

            assertThat(reliance).isInstanceOf(Reliance.Relied.class);
            assertThat(((Reliance.Relied) reliance).evidence()).hasSize(2).allSatisfy(piece -> assertThat(piece.kind())
                    .isEqualTo(RevocationEvidence.Kind.OCSP));
        }
    }

    @Test
    void reliance_whenAskedManyTimes_asksTheResponderOnceUntilItIsTimeToRefresh() {
        try (OnlineRevocation online = online(settings(true))) {
            CertificatePath path = new CertificatePath(online);
            Registry registry = registry(null);
            for (int i = 0; i < 1_000; i++) {
                assertThat(code(path, registry)).isEmpty();
            }

            assertThat(issuingHttp.asked()).isEqualTo(1);
            // Half way to the ceiling of two seconds it is asked again, though nobody waits.
            await().atMost(Duration.ofSeconds(5)).until(() -> issuingHttp.asked() >= 2);
        }
    }

    @Test
    void reliance_whenRevokedMeanwhile_isRefusedWithinTheDeclaredDelay() throws Exception {
        try (OnlineRevocation online = online(settings(true))) {
            CertificatePath path = new CertificatePath(online);
            Registry registry = registry(null);
            assertThat(code(path, registry)).isEmpty();

            revoke(certificate);

            await().atMost(Duration.ofMillis(2_500))
                    .until(() -> code(path, registry).equals(Optional.of(FaultCode.CERTIFICATE_REVOKED)));
        }
    }

    @Test
    void reliance_whenTheIntermediateIsRevoked_isRefused() throws Exception {
        IssuedCertificates roots = new IssuedCertificates(directory.resolve("root.book"));
        roots.revoke(
                issuing.certificate().getSerialNumber(),
                new IssuedCertificate.Revocation(CLOCK.instant(), RevocationReason.CA_COMPROMISE));

        assertThat(codeOnce(settings(true))).contains(FaultCode.CERTIFICATE_REVOKED);
    }

    @Test
    void reliance_whenTheResponderIsGone_isRefusedOnceTheLastStatementEnds() {
        try (OnlineRevocation online = online(settings(true))) {
            CertificatePath path = new CertificatePath(online);
            Registry registry = registry(null);
            assertThat(code(path, registry)).isEmpty();

            issuingHttp.close();

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> code(path, registry).equals(Optional.of(FaultCode.CERTIFICATE_STATUS_UNKNOWN)));
        }
        assertThat(codeOnce(settings(true))).contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);
    }

    @Test
    void reliance_whenAnotherAuthoritysResponderSigns_isRefused() throws Exception {
        issuingHttp.answers(responder(root, CLOCK)::answer);
        assertThat(codeOnce(settings(true))).contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);

        KeyEntry foreign = certificates.root("issuing", YEAR.multipliedBy(2), 1);
        issuingHttp.answers(responder(foreign, CLOCK)::answer);
        assertThat(codeOnce(settings(true))).contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);
    }

    @Test
    void reliance_whenAnOrdinaryCertificateOfTheAuthoritySigns_isRefused() throws Exception {
        KeyEntry stamper = certificates.timeStamper(issuing, "status", YEAR);
        issuingHttp.answers(new OcspResponder(stamper, issuing.certificate(), book, VALIDITY, CLOCK)::answer);

        assertThat(codeOnce(settings(true))).contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);
    }

    @Test
    void reliance_whenTheAuthorityItselfSigns_isRelied() {
        issuingHttp.answers(new OcspResponder(issuing, issuing.certificate(), book, VALIDITY, CLOCK)::answer);

        assertThat(codeOnce(settings(true))).isEmpty();
    }

    @Test
    void reliance_whenTheResponseIsOutOfDateOrOfTheFuture_isRefused() throws Exception {
        issuingHttp.answers(responder(issuing, Clock.offset(CLOCK, Duration.ofMinutes(-11)))::answer);
        assertThat(codeOnce(settings(true))).contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);

        issuingHttp.answers(responder(issuing, Clock.offset(CLOCK, Duration.ofMinutes(3)))::answer);
        assertThat(codeOnce(settings(true))).contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);
    }

    @Test
    void reliance_whenTheResponseIsOfAnotherCertificate_isRefused() throws Exception {
        byte[] replayed = responder.answer(request(other.getSerialNumber()));
        issuingHttp.answers(request -> replayed);

        assertThat(codeOnce(settings(false))).contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);
    }

    @Test
    void reliance_whenTheNonceIsMissing_isRefusedUnlessTheOperatorAllowsIt() throws Exception {
        byte[] prepared = responder.answer(request(certificate.getSerialNumber()));
        issuingHttp.answers(request -> prepared);

        assertThat(codeOnce(settings(true))).contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);
        assertThat(codeOnce(settings(false))).isEmpty();
    }

    @Test
    void reliance_whenTheNonceIsAnothers_isRefusedAlways() {
        byte[][] earlier = new byte[1][];
        issuingHttp.answers(request -> {
            byte[] answer = responder.answer(request);
            earlier[0] = earlier[0] == null ? answer : earlier[0];
            return earlier[0];
        });
        assertThat(codeOnce(settings(false))).isEmpty();

        assertThat(codeOnce(settings(false))).contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);
    }

    @Test
    void reliance_whenTheAnswerIsNoResponse_isRefused() {
        issuingHttp.answers(request -> new byte[] {0x30, 0x03, 0x0a, 0x01, 0x06});
        assertThat(codeOnce(settings(true))).contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);

        issuingHttp.answers(request -> new byte[] {0x30, 0x7f, 1, 2, 3});
        assertThat(codeOnce(settings(true))).contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);

        issuingHttp.answers(request -> new byte[70_000]);
        assertThat(codeOnce(settings(true))).contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);
    }

    @Test
    void reliance_whenNobodyEverIssuedIt_isRefused() throws Exception {
        book = new IssuedCertificates(directory.resolve("empty.book"));
        issuingHttp.answers(responder(issuing, CLOCK)::answer);

        assertThat(codeOnce(settings(true))).contains(FaultCode.CERTIFICATE_STATUS_UNKNOWN);
    }

    @Test
    void reliance_whenJudgedByRecordedEvidence_holdsAfterARevocationButNotAfterACompromise() throws Exception {
        List<RevocationEvidence> evidence;
        try (OnlineRevocation online = online(settings(true))) {
            evidence = ((Reliance.Relied) reliance(online, registry(null))).evidence();
        }
        Instant then = CLOCK.instant();
        revoke(certificate);
        issuingHttp.close();
        rootHttp.close();
        RevocationSource recorded = new RecordedRevocation(evidence);

        CertificatePath path = new CertificatePath(RevocationLists.NONE);
        assertThat(path.reliance(registry(null), CSPD, CertificateUse.MESSAGE, certificate, then, recorded))
                .isInstanceOf(Reliance.Relied.class);
        assertThat(path.reliance(registry(then), CSPD, CertificateUse.MESSAGE, certificate, then, recorded))
                .isInstanceOfSatisfying(
                        Reliance.Refused.class,
                        refused -> assertThat(refused.fault().code()).isEqualTo(FaultCode.CERTIFICATE_REVOKED));
        assertThat(path.reliance(
                        registry(null),
                        CSPD,
                        CertificateUse.MESSAGE,
                        certificate,
                        then,
                        new RecordedRevocation(List.of())))
                .isInstanceOf(Reliance.Refused.class);
        assertThat(path.reliance(
                        registry(null), CSPD, CertificateUse.MESSAGE, certificate, then.plus(VALIDITY), recorded))
                .isInstanceOf(Reliance.Refused.class);
    }

    @Test
    void reliance_whenListsAreFetched_refusesWhatTheyNameAndWhatTheyNoLongerCover() throws Exception {
        CertificateAuthority authority = new CertificateAuthority(issuing, PUBLICATION, CLOCK);
        X509CRL good = authority.revoke(Optional.empty(), List.of(), Duration.ofSeconds(4));
        X509CRL bad = authority.revoke(Optional.of(good), List.of(certificate.getSerialNumber()), VALIDITY);
        X509CRL roots =
                new CertificateAuthority(root, PUBLICATION, CLOCK).revoke(Optional.empty(), List.of(), VALIDITY);
        issuingHttp.answers(request -> good.getEncoded());
        rootHttp.answers(request -> roots.getEncoded());
        Registry registry = registry(
                new TrustAnchor(CertificateUse.MESSAGE, root.certificate(), rootHttp.address(), null),
                new TrustAnchor(CertificateUse.MESSAGE, issuing.certificate(), issuingHttp.address(), null),
                null);
        List<FetchedLists.Address> addresses = List.of(
                new FetchedLists.Address(root.certificate(), rootHttp.address()),
                new FetchedLists.Address(issuing.certificate(), issuingHttp.address()));
        try (FetchedLists lists = new FetchedLists(settings(true), () -> addresses, RevocationLists.NONE, CLOCK)) {
            CertificatePath path = new CertificatePath(lists);
            assertThat(code(path, registry)).isEmpty();

            issuingHttp.answers(request -> {
                throw new IOException("gone");
            });
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> code(path, registry).equals(Optional.of(FaultCode.CERTIFICATE_STATUS_UNKNOWN)));
            issuingHttp.answers(request -> bad.getEncoded());
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> code(path, registry).equals(Optional.of(FaultCode.CERTIFICATE_REVOKED)));
        }
    }

    @Test
    void answer_whenCheckedByOpenssl_isAccepted() throws Exception {
        OpenSsl.assumeInstalled();
        Files.write(directory.resolve("root.pem"), Pem.certificates(List.of(root.certificate())));
        Files.write(directory.resolve("issuing.pem"), Pem.certificates(List.of(issuing.certificate())));
        Files.write(directory.resolve("certificate.pem"), Pem.certificates(List.of(certificate)));

        OpenSsl.Outcome good = askOpenSsl();
        revoke(certificate);
        OpenSsl.Outcome revoked = askOpenSsl();

        assertThat(good.output()).contains("Response verify OK").contains("certificate.pem: good");
        assertThat(revoked.output()).contains("Response verify OK").contains("certificate.pem: revoked");
        assertThat(revoked.output()).contains("Reason: keyCompromise");
    }

    private OpenSsl.Outcome askOpenSsl() throws IOException, InterruptedException {
        return OpenSsl.run(
                directory,
                "ocsp",
                "-issuer",
                "issuing.pem",
                "-cert",
                "certificate.pem",
                "-url",
                issuingHttp.address().toString(),
                "-CAfile",
                "root.pem");
    }

    @Test
    void answer_whenATimeStampIsCheckedByOpenssl_isAccepted() throws Exception {
        OpenSsl.assumeInstalled();
        TimeStampAuthority stamps =
                new TimeStampAuthority(certificates.timeStamper(issuing, "time-stamps", YEAR), CLOCK);
        Files.write(directory.resolve("root.pem"), Pem.certificates(List.of(root.certificate())));
        Files.write(directory.resolve("issuing.pem"), Pem.certificates(List.of(issuing.certificate())));
        Files.writeString(directory.resolve("data"), "a checkpoint");
        OpenSsl.run(directory, "ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query.tsq");

        Files.write(directory.resolve("answer.tsr"), stamps.answer(Files.readAllBytes(directory.resolve("query.tsq"))));

        OpenSsl.Outcome verified = OpenSsl.run(
                directory,
                "ts",
                "-verify",
                "-queryfile",
                "query.tsq",
                "-in",
                "answer.tsr",
                "-CAfile",
                "root.pem",
                "-untrusted",
                "issuing.pem");
        assertThat(verified.output()).contains("Verification: OK");
    }

    private void revoke(X509Certificate revoked) throws IOException {
        new IssuedCertificates(directory.resolve("issuing.book"))
                .revoke(
                        revoked.getSerialNumber(),
                        new IssuedCertificate.Revocation(CLOCK.instant(), RevocationReason.KEY_COMPROMISE));
    }

    private byte[] request(BigInteger serial) throws Exception {
        OCSPReq request = new OCSPReqBuilder()
                .addRequest(new org.bouncycastle.cert.ocsp.jcajce.JcaCertificateID(
                        new org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder()
                                .build()
                                .get(org.bouncycastle.cert.ocsp.CertificateID.HASH_SHA1),
                        issuing.certificate(),
                        serial))
                .build();
        return request.getEncoded();
    }

    private static RevocationSettings settings(boolean nonce) {
        return new RevocationSettings(
                Duration.ofSeconds(2), Duration.ofHours(1), Duration.ofSeconds(2), nonce, Duration.ofSeconds(60), 100);
    }

    private static OnlineRevocation online(RevocationSettings settings) {
        return new OnlineRevocation(settings, RevocationLists.NONE, CLOCK);
    }

    private Reliance reliance(OnlineRevocation online, Registry registry) {
        return new CertificatePath(online)
                .reliance(registry, CSPD, CertificateUse.MESSAGE, certificate, CLOCK.instant());
    }

    private Optional<FaultCode> codeOnce(RevocationSettings settings) {
        try (OnlineRevocation online = online(settings)) {
            return code(new CertificatePath(online), registry(null));
        }
    }

    private Optional<FaultCode> code(CertificatePath path, Registry registry) {
        return path.refusal(registry, CSPD, CertificateUse.MESSAGE, certificate, CLOCK.instant())
                .map(fault -> fault.code());
    }

    private Registry registry(@Nullable Instant compromisedFrom) {
        return registry(
                new TrustAnchor(CertificateUse.MESSAGE, root.certificate(), null, rootHttp.address()),
                new TrustAnchor(CertificateUse.MESSAGE, issuing.certificate(), null, issuingHttp.address()),
                compromisedFrom);
    }

    private Registry registry(TrustAnchor anchor, TrustAnchor intermediate, @Nullable Instant compromisedFrom) {
        Instant now = CLOCK.instant();
        RegisteredCertificate registered = new RegisteredCertificate(
                CertificateUse.MESSAGE, certificate, now.minusSeconds(3600), now.plusSeconds(3600), compromisedFrom);
        Label name = new Label("عضو", "Member");
        return new Registry(
                "JO",
                1,
                now,
                now.plusSeconds(3600),
                Duration.ZERO,
                new Trusted(List.of(anchor), List.of(intermediate), List.of(), List.of()),
                List.of(new Member(CSPD, name, List.of("node-1"), List.of(registered), List.of())),
                List.of());
    }
}
