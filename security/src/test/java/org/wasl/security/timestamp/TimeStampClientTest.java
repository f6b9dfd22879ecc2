package org.wasl.security.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.authority.IssuedCertificate;
import org.wasl.security.authority.OpenSsl;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.RegistryAuthority;
import org.wasl.security.authority.RevocationReason;
import org.wasl.security.authority.StatusServer;
import org.wasl.security.authority.TestAuthority;
import org.wasl.security.authority.TimeStampAuthority;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.certificate.OnlineRevocation;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.certificate.RevocationSettings;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.keys.Pkcs12File;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.TrustAnchor;

class TimeStampClientTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final byte[] TEXT = "JO/GOV/PORTAL\n7\nroot\n".getBytes(StandardCharsets.UTF_8);
    private static final String AUTHORITY = "timestamp-ca";

    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @TempDir
    private Path data;

    private TrustFiles files;
    private Pki pki;
    private StatusServer status;
    private OnlineRevocation revocation;
    private TimeStampVerifier verifier;
    private Registry registry;
    private HttpServer forger;

    /** What a false or broken authority answers. */
    @FunctionalInterface
    private interface Answer {
        byte[] to(byte[] request) throws Exception;
    }

    @BeforeEach
    void start() throws Exception {
        files = new TrustFiles(data);
        pki = new Pki(files, URI.create("http://pki.wasl.example/"), CLOCK);
        pki.init(CertificateUse.TIMESTAMP, "JO");
        status = StatusServer.start(pki, 0, Duration.ofMinutes(5));
        revocation = new OnlineRevocation(RevocationSettings.standard(), RevocationLists.NONE, CLOCK);
        verifier = new TimeStampVerifier(new CertificatePath(revocation));
        registry = registry(authority(), status.address().resolve("ocsp/" + AUTHORITY));
        forger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        forger.setExecutor(threads);
        forger.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        forger.stop(0);
        threads.shutdownNow();
        revocation.close();
        status.close();
    }

    @Test
    void stamp_whenTheAuthorityAnswers_givesATokenThatHoldsOfflineToo() {
        Instant before = CLOCK.instant();

        TimeStampOutcome.Stamped stamped = stamped();

        assertThat(stamped.proof().at()).isBetween(before.minusSeconds(1), CLOCK.instant());
        assertThat(stamped.proof().accuracy()).isEqualTo(Duration.ofSeconds(1));
        assertThat(stamped.proof().evidence()).isNotEmpty();
        status.close();
        assertThat(TimeStampVerifier.offline().verify(stamped.token(), TEXT, registry))
                .isInstanceOfSatisfying(TimeStampVerdict.Proven.class, proven -> {
                    assertThat(proven.at()).isEqualTo(stamped.proof().at());
                    assertThat(proven.evidence()).hasSameSizeAs(stamped.proof().evidence());
                });
    }

    @Test
    void stamp_whenCheckedByOpenssl_isAcceptedAndWhatWasAlteredIsNot() throws Exception {
        OpenSsl.assumeInstalled();
        byte[] token = stamped().token();
        byte[] altered = token.clone();
        altered[altered.length / 3] ^= 1;
        Files.write(data.resolve("token.der"), token);
        Files.write(data.resolve("altered.der"), altered);
        Files.write(data.resolve("text"), TEXT);
        Files.writeString(data.resolve("other"), "another text");

        assertThat(openssl("token.der", "text")).contains("Verification: OK");
        assertThat(openssl("altered.der", "text")).doesNotContain("Verification: OK");
        assertThat(openssl("token.der", "other")).doesNotContain("Verification: OK");
        assertThat(verifier.verify(altered, TEXT, registry)).isInstanceOf(TimeStampVerdict.Refused.class);
        assertThat(reason(token, "another text".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(TimeStampVerdict.Reason.OTHER_OCTETS);
    }

    @Test
    void verify_whenAnyOctetOfTheTokenIsAltered_neverProvesAnotherTime() {
        TimeStampOutcome.Stamped stamped = stamped();
        for (int at = 0; at < stamped.token().length; at++) {
            byte[] altered = stamped.token().clone();
            altered[at] ^= (byte) (1 << at % 8);

            // What is not signed may change, and then proves the same: the time and nothing else counts.
            if (verifier.verify(altered, TEXT, registry) instanceof TimeStampVerdict.Proven proven) {
                assertThat(proven.at()).isEqualTo(stamped.proof().at());
            }
        }
    }

    @Test
    void verify_whenSomethingFollowsTheToken_refuses() {
        byte[] token = stamped().token();
        byte[] longer = Arrays.copyOf(token, token.length + 1);

        assertThat(reason(longer, TEXT)).isEqualTo(TimeStampVerdict.Reason.MALFORMED);
        assertThat(reason(new byte[0], TEXT)).isEqualTo(TimeStampVerdict.Reason.MALFORMED);
        assertThat(reason(new byte[TimeStampVerifier.MAX_OCTETS + 1], TEXT))
                .isEqualTo(TimeStampVerdict.Reason.MALFORMED);
    }

    @Test
    void verify_whenTheRegistryTrustsAnotherAuthority_refuses() throws Exception {
        byte[] token = stamped().token();
        Registry other = registry(new TestAuthority("time").certificate(), null);

        assertThat(verifier.verify(token, TEXT, other))
                .isInstanceOfSatisfying(TimeStampVerdict.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(TimeStampVerdict.Reason.UNTRUSTED));
    }

    @Test
    void verify_whenNobodyCanSayWhetherTheCertificateIsRevoked_refuses() {
        byte[] token = bare();

        assertThat(TimeStampVerifier.offline().verify(token, TEXT, registry))
                .isInstanceOfSatisfying(TimeStampVerdict.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(TimeStampVerdict.Reason.STATUS));
    }

    @Test
    void stamp_afterTheAuthoritysKeyWasCompromised_isRefusedAndEarlierOnesStand() throws Exception {
        TimeStampOutcome.Stamped earlierOne = stamped();
        byte[] earlier = earlierOne.token();
        Instant compromised = earlierOne.proof().at().plusSeconds(2);
        X509Certificate stamper = stamper().certificate();
        pki.revoke(
                AUTHORITY,
                stamper.getSerialNumber(),
                new IssuedCertificate.Revocation(compromised, RevocationReason.KEY_COMPROMISE));
        revocation.close();
        revocation = new OnlineRevocation(RevocationSettings.standard(), RevocationLists.NONE, CLOCK);
        verifier = new TimeStampVerifier(new CertificatePath(revocation));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> stamp(status.address().resolve("tsa")) instanceof TimeStampOutcome.Refused);
        assertThat(verifier.verify(earlier, TEXT, registry)).isInstanceOf(TimeStampVerdict.Proven.class);
        assertThat(verifier.verifyNow(earlier, TEXT, registry)).isInstanceOf(TimeStampVerdict.Proven.class);
    }

    @Test
    void stamp_whenTheAnswerIsToAnotherQuestion_refuses() throws Exception {
        stamped();
        TimeStampAuthority stamps = new TimeStampAuthority(stamper(), CLOCK);

        assertThat(refused(request -> stamps.answer(query(TEXT, BigInteger.TEN))))
                .contains("nonce");
        assertThat(refused(request -> stamps.answer(query(
                        "another text".getBytes(StandardCharsets.UTF_8), new TimeStampRequest(request).getNonce()))))
                .contains("imprint");
    }

    @Test
    void stamp_whenTheAuthoritysCertificateHasEnded_refuses() throws Exception {
        stamped();
        Instant later = stamper().certificate().getNotAfter().toInstant().plusSeconds(60);
        TimeStampAuthority late = new TimeStampAuthority(stamper(), Clock.fixed(later, ZoneOffset.UTC));

        assertThat(refused(late::answer)).isNotBlank();
    }

    @Test
    void verify_whenTheCertificateIsNotForTimeStamps_refuses() throws Exception {
        TestAuthority messages = new TestAuthority("time");
        KeyEntry message = messages.issue(CertificateProfile.MESSAGE, TestAuthority.CSPD, Duration.ofDays(30));
        byte[] token = forged(message, TestAuthority.NOW);

        assertThat(verifier.verify(token, TEXT, registry(messages.certificate(), null)))
                .isInstanceOfSatisfying(TimeStampVerdict.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(TimeStampVerdict.Reason.UNTRUSTED));
    }

    @Test
    void stamp_whenTheAnswerIsRubbish_refuses() {
        assertThat(refused(request -> "not a response".getBytes(StandardCharsets.UTF_8)))
                .isNotBlank();
        assertThat(refused(request -> new byte[0])).isNotBlank();
        assertThat(refused(request -> request)).isNotBlank();
    }

    @Test
    void stamp_whenTheAuthorityRefuses_saysSo() {
        Answer sha1 = request -> {
            TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
            byte[] other = requests.generate(new ASN1ObjectIdentifier("1.3.14.3.2.26"), new byte[20], BigInteger.ONE)
                    .getEncoded();
            return new TimeStampAuthority(stamperNow(), CLOCK).answer(other);
        };

        assertThat(refused(sha1)).isNotBlank();
    }

    @Test
    void stamp_whenTheAnswerIsTooLargeOrTooSlowOrNowhere_isNotWaitedFor() throws Exception {
        assertThat(forged(request -> new byte[TimeStampVerifier.MAX_OCTETS + 1], TIMEOUT))
                .isInstanceOf(TimeStampOutcome.Unreachable.class);
        long begin = System.nanoTime();
        Answer never = request -> {
            ended.await();
            return request;
        };

        assertThat(forged(never, Duration.ofMillis(300))).isInstanceOf(TimeStampOutcome.Unreachable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        assertThat(stamp(URI.create("http://127.0.0.1:1/tsa"))).isInstanceOf(TimeStampOutcome.Unreachable.class);
        assertThat(stamp(status.address().resolve("ocsp/nobody"))).isInstanceOf(TimeStampOutcome.Unreachable.class);
    }

    private String openssl(String token, String text) throws Exception {
        return OpenSsl.run(
                        data,
                        "ts",
                        "-verify",
                        "-in",
                        token,
                        "-token_in",
                        "-data",
                        text,
                        "-CAfile",
                        "authority/timestamp-root.pem",
                        "-untrusted",
                        "authority/timestamp-ca.pem")
                .output();
    }

    private TimeStampOutcome.Stamped stamped() {
        TimeStampOutcome outcome = stamp(status.address().resolve("tsa"));
        assertThat(outcome).isInstanceOf(TimeStampOutcome.Stamped.class);
        return (TimeStampOutcome.Stamped) outcome;
    }

    private TimeStampOutcome stamp(URI address) {
        return new TimeStampClient(TIMEOUT, verifier).stamp(address, TEXT, registry);
    }

    /** A token without the status that the client adds. */
    private byte[] bare() {
        Registry silent = registry(authorityNow(), null);
        TimeStampOutcome outcome =
                new TimeStampClient(TIMEOUT, verifier).stamp(status.address().resolve("tsa"), TEXT, silent);
        return ((TimeStampOutcome.Stamped) outcome).token();
    }

    private String refused(Answer answer) {
        TimeStampOutcome outcome = forged(answer, TIMEOUT);
        assertThat(outcome).isInstanceOf(TimeStampOutcome.Refused.class);
        return ((TimeStampOutcome.Refused) outcome).detail();
    }

    private TimeStampOutcome forged(Answer answer, Duration timeout) {
        String path = "/" + System.nanoTime();
        forger.createContext(path, exchange -> handle(exchange, answer));
        URI address = URI.create("http://127.0.0.1:" + forger.getAddress().getPort() + path);
        return new TimeStampClient(timeout, verifier).stamp(address, TEXT, registry);
    }

    private static void handle(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            byte[] octets = answer.to(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, octets.length == 0 ? -1 : octets.length);
            exchange.getResponseBody().write(octets);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private TimeStampVerdict.Reason reason(byte[] token, byte[] text) {
        TimeStampVerdict verdict = verifier.verify(token, text, registry);
        assertThat(verdict).isInstanceOf(TimeStampVerdict.Refused.class);
        return ((TimeStampVerdict.Refused) verdict).reason();
    }

    private static byte[] query(byte[] text, BigInteger nonce) throws IOException {
        TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
        requests.setCertReq(true);
        return requests.generate(
                        NISTObjectIdentifiers.id_sha256, CryptoProvider.chosen().sha256(text), nonce)
                .getEncoded();
    }

    private KeyEntry stamper() throws Exception {
        return Pkcs12File.readKey(
                files.authority().resolve("tsa.p12"), files.secrets().read("authority-tsa"));
    }

    private KeyEntry stamperNow() throws Exception {
        pki.timeStamps();
        return stamper();
    }

    private X509Certificate authority() throws Exception {
        return RegistryAuthority.readCertificate(files.authority().resolve(AUTHORITY + ".pem"));
    }

    private X509Certificate authorityNow() {
        return registry.anchors().get(0).certificate();
    }

    private static Registry registry(X509Certificate authority, @Nullable URI responder) {
        Instant now = CLOCK.instant();
        return new Registry(
                "JO",
                1,
                now.minusSeconds(60),
                now.plusSeconds(86_400),
                List.of(new TrustAnchor(CertificateUse.TIMESTAMP, authority, null, responder)),
                List.of(),
                List.of());
    }

    /** A token in all its parts, by a certificate with which no authority would make one. */
    private static byte[] forged(KeyEntry signer, Instant at) throws Exception {
        AlgorithmIdentifier sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
        TSTInfo info = new TSTInfo(
                new ASN1ObjectIdentifier("1.2.3"),
                new MessageImprint(sha256, CryptoProvider.chosen().sha256(TEXT)),
                new ASN1Integer(1),
                new ASN1GeneralizedTime(Date.from(at)),
                null,
                null,
                null,
                null,
                null);
        SigningCertificateV2 named = new SigningCertificateV2(new ESSCertIDv2(
                CryptoProvider.chosen().sha256(signer.certificate().getEncoded())));
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(named)));
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(
                        new JcaDigestCalculatorProviderBuilder().build())
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.key()), signer.certificate()));
        generator.addCertificates(new JcaCertStore(List.of(signer.certificate())));
        return generator
                .generate(new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, info.getEncoded()), true)
                .getEncoded();
    }
}
