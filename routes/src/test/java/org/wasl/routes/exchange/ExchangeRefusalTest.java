package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.routes.broker.Queues;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;

/** Bad input that concerns the exchange: each has its own code and its leaf, and no back-end is asked. */
class ExchangeRefusalTest {

    private static final byte[] GARBAGE = "not a container".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path directory;

    private static TestNode node;

    @BeforeAll
    static void start() {
        node = new TestNode(directory);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void restoreRegistry() {
        node.federation.agreements(List.of(TestFederation.agreement()));
    }

    @Test
    void submit_whenNoAgreement_refusedBeforeSigning() {
        assertClientRefusal(
                TestNode.request(UUID.randomUUID(), TestFederation.VEHICLE, TestNode.NUMBER, Duration.ofSeconds(5)),
                FaultCode.AGREEMENT_NONE);
    }

    @Test
    void submit_whenTheOwnCertificateCountsForNothing_refusedBeforeSigning() {
        node.federation.compromised(TestFederation.PORTAL);
        try {
            assertClientRefusal(
                    TestNode.request(
                            UUID.randomUUID(), TestFederation.LIFE_STATUS, TestNode.NUMBER, Duration.ofSeconds(5)),
                    FaultCode.CERTIFICATE_REVOKED);
        } finally {
            node.federation.agreements(node.federation.registry().agreements());
        }
    }

    @Test
    void submit_whenWrongPurpose_refusedBeforeSigning() {
        assertClientRefusal(
                TestNode.request(
                        UUID.randomUUID(),
                        TestFederation.LIFE_STATUS,
                        TestNode.NUMBER,
                        Duration.ofSeconds(5),
                        "CURIOSITY"),
                FaultCode.AGREEMENT_PURPOSE);
    }

    @Test
    void submit_whenServiceUnknown_refused() {
        assertClientRefusal(unknown("JO/GOV/CSPD/registry/no-such/v1"), FaultCode.SERVICE_UNKNOWN);
    }

    @Test
    void submit_whenSubsystemUnknown_refused() {
        assertClientRefusal(unknown("JO/GOV/CSPD/nothing/life-status/v1"), FaultCode.SUBSYSTEM_UNKNOWN);
    }

    @Test
    void submit_whenMemberUnknown_refused() {
        assertClientRefusal(unknown("JO/GOV/NOBODY/registry/life-status/v1"), FaultCode.MEMBER_UNKNOWN);
    }

    @Test
    void submit_whenParameterBreaksPattern_refused() {
        assertClientRefusal(
                TestNode.request(UUID.randomUUID(), TestFederation.LIFE_STATUS, "12", Duration.ofSeconds(5)),
                FaultCode.REQUEST_PARAMETER);
    }

    @Test
    void submit_whenTimeoutBeyondBound_refused() {
        assertClientRefusal(
                TestNode.request(UUID.randomUUID(), TestFederation.LIFE_STATUS, TestNode.NUMBER, Duration.ofDays(2)),
                FaultCode.REQUEST_INVALID);
    }

    @Test
    void serve_whenNoAgreement_signedFault() {
        node.federation.agreements(List.of());
        assertProviderRefusal(node.signed(node.header()), FaultCode.AGREEMENT_NONE);
    }

    @Test
    void serve_whenWrongPurpose_signedFault() {
        Instant now = node.log().now();
        assertProviderRefusal(
                node.signed(node.header(TestFederation.LIFE_STATUS, "CURIOSITY", now, now.plusSeconds(30))),
                FaultCode.AGREEMENT_PURPOSE);
    }

    /** P2: one request has one answer, also when nobody can vouch for its second copy. */
    @Test
    void serve_whenAnAnsweredRequestComesAgainAndItsKeyIsGoodNoLonger_isToldNothingElse() {
        ExchangeResult.Answered answered = (ExchangeResult.Answered) node.ask(TestNode.request());
        Container request = answered.request();
        long told = faultsSent();
        node.federation.compromised(TestFederation.PORTAL);
        try {
            assertLeafOnly(request.octets(), FaultCode.CERTIFICATE_REVOKED);
            // Another one, not answered yet, is told; it comes after the first.
            assertProviderRefusal(node.signed(node.header()), FaultCode.CERTIFICATE_REVOKED);
        } finally {
            node.federation.agreements(node.federation.registry().agreements());
        }
        assertThat(faultsSent()).isEqualTo(told + 1);
    }

    private static long faultsSent() {
        return node.leaves().stream()
                .filter(leaf -> "FAULT".equals(leaf.kind())
                        && "SENT".equals(leaf.direction())
                        && leaf.sender().equals(TestFederation.REGISTRY.toString()))
                .count();
    }

    @Test
    void serve_whenExpired_signedFault() {
        Instant now = node.log().now();
        assertProviderRefusal(
                node.signed(node.header(
                        TestFederation.LIFE_STATUS, "GENERAL_CLEARANCE", now.minusSeconds(90), now.minusSeconds(1))),
                FaultCode.EXCHANGE_EXPIRED);
    }

    @Test
    void serve_whenIssuedBeyondSkew_signedFault() {
        Instant now = node.log().now();
        assertProviderRefusal(
                node.signed(node.header(
                        TestFederation.LIFE_STATUS, "GENERAL_CLEARANCE", now.plusSeconds(600), now.plusSeconds(700))),
                FaultCode.EXCHANGE_NOT_YET_VALID);
    }

    @Test
    void serve_whenIdReused_signedFaultAndFirstAnswerStands() {
        Header header = node.header();
        Container first = node.signed(header);
        node.inject(first.octets());
        await().atMost(TestNode.PATIENCE).until(() -> node.log()
                .answer(TestFederation.CSPD, org.wasl.messagelog.Direction.SENT, header.messageId())
                .isPresent());
        int reads = node.connector.reads();

        node.inject(node.signed(header).octets());

        node.awaitRefusal(FaultCode.EXCHANGE_ID_REUSED);
        assertThat(node.connector.reads()).isEqualTo(reads);
    }

    @Test
    void serve_whenPayloadAltered_signedFault() {
        Container request = node.signed(node.header());
        byte[] altered =
                Rezip.change(request.octets(), "payload.xml", text -> text.replace(TestNode.NUMBER, "9990000002"));
        assertProviderRefusal(request.header(), altered, FaultCode.SIGNATURE_PAYLOAD_ALTERED);
    }

    @Test
    void serve_whenHeaderAltered_signedFault() {
        Container request = node.signed(node.header());
        byte[] altered =
                Rezip.change(request.octets(), "header.xml", text -> text.replace("GENERAL_CLEARANCE", "COURT_CASE"));
        assertProviderRefusal(request.header(), altered, FaultCode.SIGNATURE_HEADER_ALTERED);
    }

    @Test
    void serve_whenSignedByOtherMember_signedFault() {
        Container request = new AsicContainerSigner()
                .sign(
                        node.header(),
                        PayloadXml.query(Map.of("nationalNumber", TestNode.NUMBER)),
                        node.federation.key(TestFederation.DVLD).as(TestFederation.PORTAL));
        assertProviderRefusal(request, FaultCode.CERTIFICATE_OTHER_MEMBER);
    }

    @Test
    void serve_whenHmacOrSha1_refused() {
        for (String algorithm : List.of(
                "http://www.w3.org/2000/09/xmldsig#hmac-sha1", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1")) {
            Container request = node.signed(node.header());
            byte[] altered = Rezip.change(
                    request.octets(),
                    "META-INF/signatures.xml",
                    text -> text.replace("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", algorithm));
            assertLeafOnly(altered, FaultCode.SIGNATURE_ALGORITHM);
        }
    }

    @Test
    void serve_whenExtraEntry_refused() {
        Container request = node.signed(node.header());
        assertLeafOnly(Rezip.add(request.octets(), "extra.xml", "<extra></extra>"), FaultCode.CONTAINER_ENTRY_EXTRA);
    }

    @Test
    void serve_whenNoContainer_leafAndDeadLetter() {
        assertLeafOnly(GARBAGE, FaultCode.CONTAINER_NOT_ZIP);
    }

    @Test
    void serve_whenLargeGarbage_leafHoldsIt() {
        assertLeafOnly(new byte[300_000], FaultCode.CONTAINER_NOT_ZIP);
    }

    @Test
    void serve_whenOversized_notEvenRead() {
        assertLeafOnly(new byte[11 * 1024 * 1024], FaultCode.CONTAINER_OVERSIZED);
    }

    @Test
    void serve_whenTextMessage_refused() throws JMSException {
        int before = node.refusals().size();
        try (Connection connection = node.broker.connections().senders().createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer =
                        session.createProducer(session.createQueue(Queues.request(TestFederation.REGISTRY)))) {
            producer.send(session.createTextMessage("hello"));
        }
        await().atMost(TestNode.PATIENCE).until(() -> node.refusals().size() > before);
    }

    @Test
    void serve_whenRegistryExpired_signedFault() {
        Instant expires = node.federation.registry().expires();
        node.federation.expires(Instant.now().minusSeconds(1));
        try {
            assertProviderRefusal(node.signed(node.header()), FaultCode.REGISTRY_EXPIRED);
        } finally {
            node.federation.expires(expires);
        }
    }

    @Test
    void serve_whenReplyInRequestQueue_refused() {
        Container request = node.signed(node.header());
        assertLeafOnly(reply(request.header(), request.asInReplyTo()).octets(), FaultCode.EXCHANGE_UNEXPECTED_KIND);
    }

    @Test
    void receive_whenReplyIsToAnotherRequest_refusedAndOwnReplyStillArrives() {
        node.connector.close();
        ExchangeRequest request = TestNode.request();
        CompletableFuture<ExchangeResult> result = node.exchange().client().submit(request);
        await().atMost(TestNode.PATIENCE).until(() -> node.log()
                .message(TestFederation.CSPD, org.wasl.messagelog.Direction.RECEIVED, request.messageId())
                .isPresent());
        Header header = node.header();
        InReplyTo wrongDigests = new InReplyTo(request.messageId(), "0".repeat(64), "1".repeat(64));

        node.inject(
                Queues.reply(TestFederation.PORTAL, TestFederation.NODE),
                reply(header, wrongDigests).octets());

        node.awaitRefusal(FaultCode.EXCHANGE_OTHER_REQUEST);
        assertThat(result).isNotDone();
        node.connector.open();
        assertThat(result.join()).isInstanceOf(ExchangeResult.Answered.class);
    }

    private static Container reply(Header request, InReplyTo bound) {
        Header header = new Header(
                UUID.randomUUID(),
                request.correlationId(),
                MessageKind.REPLY,
                request.provider(),
                request.consumer(),
                request.provider(),
                request.service(),
                "1.0",
                "application/xml",
                request.actor(),
                null,
                request.purpose(),
                request.legalBasis(),
                "WEB",
                "ar",
                request.priority(),
                request.issued(),
                request.expires(),
                null,
                bound);
        byte[] payload = PayloadXml.record(
                CountingConnector.record(TestNode.NUMBER).getBytes(StandardCharsets.UTF_8),
                Instant.now(),
                org.wasl.security.container.Coverage.COMPLETE);
        return new AsicContainerSigner().sign(header, payload, node.federation.key(TestFederation.CSPD));
    }

    private static ExchangeRequest unknown(String service) {
        return TestNode.request(UUID.randomUUID(), ServiceId.parse(service), TestNode.NUMBER, Duration.ofSeconds(5));
    }

    private static void assertClientRefusal(ExchangeRequest request, FaultCode code) {
        int reads = node.connector.reads();
        ExchangeResult result = node.ask(request);
        assertThat(result).isInstanceOfSatisfying(ExchangeResult.Faulted.class, faulted -> {
            assertThat(faulted.fault().code()).isEqualTo(code);
            assertThat(faulted.request()).isEmpty();
        });
        assertThat(node.refusals()).contains(code.wireCode());
        assertThat(node.connector.reads()).isEqualTo(reads);
        assertThat(node.log().messages(request.messageId())).isEmpty();
    }

    private static void assertProviderRefusal(Container request, FaultCode code) {
        assertProviderRefusal(request.header(), request.octets(), code);
    }

    /** Refused by a leaf, and answered by a fault that the provider signed and logged. */
    private static void assertProviderRefusal(Header claimed, byte[] octets, FaultCode code) {
        int reads = node.connector.reads();
        node.inject(octets);
        await().atMost(TestNode.PATIENCE).untilAsserted(() -> assertThat(node.providerFault(claimed.messageId()))
                .contains(code));
        assertThat(node.refusals()).contains(code.wireCode());
        assertThat(node.connector.reads()).isEqualTo(reads);
    }

    /** Refused by a leaf; nobody is told, since nobody is known. */
    private static void assertLeafOnly(byte[] octets, FaultCode code) {
        int reads = node.connector.reads();
        long before = node.refusals().stream().filter(code.wireCode()::equals).count();
        node.inject(octets);
        await().atMost(TestNode.PATIENCE)
                .until(() ->
                        node.refusals().stream().filter(code.wireCode()::equals).count() > before);
        assertThat(node.connector.reads()).isEqualTo(reads);
    }
}
