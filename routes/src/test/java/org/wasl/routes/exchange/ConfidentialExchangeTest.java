package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.connectors.ConnectorResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.routes.broker.Queues;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.Coverage;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Sealing;

class ConfidentialExchangeTest {

    @TempDir
    Path directory;

    private TestNode node;

    @BeforeEach
    void start() {
        node = new TestNode(directory);
        node.federation.agreements(List.of(
                TestFederation.agreement(TestFederation.WEB, TestFederation.LIFE_STATUS, List.of("lifeStatus")),
                TestFederation.agreement(TestFederation.LICENSING, TestFederation.LIFE_STATUS, List.of("lifeStatus"))));
        node.federation.confidential(true);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void submit_whenTheServiceIsConfidential_bothPayloadsTravelEncryptedAndAreRead() {
        ExchangeResult.Answered answered = (ExchangeResult.Answered) node.ask(TestNode.request());

        for (Container container : List.of(answered.request(), answered.reply())) {
            assertThat(container.header().isEncrypted()).isTrue();
            assertThat(container.header().plainPayloadDigest()).hasSize(64);
            assertThat(new String(container.octets(), StandardCharsets.UTF_8))
                    .contains("xenc:EncryptedData")
                    .doesNotContain(TestNode.NUMBER, "ALIVE");
        }
        assertThat(node.payloads().read(answered.request(), TestFederation.CSPD))
                .isInstanceOf(PayloadContent.Query.class);
        assertThat(record(answered.reply())).contains("ALIVE", TestNode.NUMBER);
        // The index is by what was encrypted, for those who may read it.
        assertThat(node.leaves().get(0).subject()).isNotNull();
    }

    @Test
    void submit_whenOnlyTheAgreementIsConfidential_payloadsTravelEncrypted() {
        node.federation.confidential(false);
        node.federation.agreements(List.of(Documents.confidential(TestFederation.agreement())));

        ExchangeResult.Answered answered = (ExchangeResult.Answered) node.ask(TestNode.request());

        assertThat(answered.request().header().isEncrypted()).isTrue();
        assertThat(answered.reply().header().isEncrypted()).isTrue();
    }

    @Test
    void submit_whenNothingIsFound_evenThatIsEncrypted() {
        node.connector.answer(new ConnectorResult.NotFound(Instant.now()));

        ExchangeResult result = node.ask(TestNode.request());

        assertThat(result).isInstanceOfSatisfying(ExchangeResult.Faulted.class, faulted -> {
            assertThat(faulted.fault().code()).isEqualTo(FaultCode.RECORD_NOT_FOUND);
            assertThat(faulted.container()).get().satisfies(container -> {
                assertThat(container.header().isEncrypted()).isTrue();
                assertThat(new String(container.octets(), StandardCharsets.UTF_8))
                        .doesNotContain("not-found");
            });
        });
    }

    @Test
    void submit_whenTheSameIsAskedAgain_theRecordedAnswerIsReadAndGiven() {
        ExchangeRequest request = TestNode.request();
        ExchangeResult.Answered first = (ExchangeResult.Answered) node.ask(request);
        node.restart();

        ExchangeResult.Answered second = (ExchangeResult.Answered) node.ask(request);

        assertThat(second.reply().octets()).isEqualTo(first.reply().octets());
        assertThat(node.connector.reads()).isEqualTo(1);
        assertThat(node.askFault(
                        TestNode.request(request.messageId(), request.service(), "9990000002", Duration.ofSeconds(20))))
                .isEqualTo(FaultCode.EXCHANGE_ID_REUSED);
    }

    @Test
    void submit_whenKeysWereChanged_newMessagesAreReadAndOldOnesStillAre() {
        ExchangeRequest request = TestNode.request();
        ExchangeResult.Answered old = (ExchangeResult.Answered) node.ask(request);

        node.federation.rotate(TestFederation.CSPD);
        node.federation.rotate(TestFederation.PORTAL);

        assertThat(node.ask(TestNode.request())).isInstanceOf(ExchangeResult.Answered.class);
        assertThat(record(old.reply())).contains("ALIVE");
        assertThat(((ExchangeResult.Answered) node.ask(request)).reply().octets())
                .isEqualTo(old.reply().octets());
    }

    @Test
    void recover_whenAConfidentialRequestWasLoggedButNotSent_sentAndAnswered() {
        Container request = node.signed(node.sealed(node.header()));
        node.log()
                .append(new LogEntry(
                        TestFederation.PORTAL,
                        Direction.SENT,
                        node.log().now(),
                        request.header().messageId(),
                        request.header().correlationId(),
                        MessageKind.REQUEST,
                        request.header().sender(),
                        request.header().consumer(),
                        request.header().provider(),
                        request.header().service(),
                        request.header().purpose(),
                        request.header().actor().id(),
                        null,
                        request.header().expires(),
                        TestNode.NUMBER,
                        null,
                        request.octets()))
                .join();

        assertThat(node.exchange().recover()).isEqualTo(new ExchangeRecovery(1, 0, 0));

        await().atMost(TestNode.PATIENCE).until(() -> node.log()
                .answer(
                        TestFederation.PORTAL,
                        Direction.RECEIVED,
                        request.header().messageId())
                .isPresent());
        assertThat(node.connector.reads()).isEqualTo(1);
    }

    @Test
    void serve_whenTheRequestIsInPlain_refusedAndNothingDisclosed() {
        refused(node.signed(node.header()), FaultCode.ENCRYPTION_REQUIRED);
    }

    @Test
    void serve_whenOnlyTheAgreementDemandsEncryption_aPlainRequestIsRefused() {
        node.federation.confidential(false);
        node.federation.agreements(List.of(Documents.confidential(TestFederation.agreement())));

        refused(node.signed(node.header()), FaultCode.ENCRYPTION_REQUIRED);
    }

    @Test
    void serve_whenNothingDemandsEncryption_anEncryptedRequestIsRefused() {
        node.federation.confidential(false);

        refused(node.signed(node.sealed(node.header())), FaultCode.ENCRYPTION_UNEXPECTED);
    }

    @Test
    void serve_whenAnotherMemberSignsTheCiphertext_refused() {
        // Who has seen somebody's ciphertext must not learn from the answer what it asks.
        Sealing.Sealed seen = node.sealed(node.header());
        Header own =
                header(seen.header(), TestFederation.LICENSING, seen.header().messageId(), digest(seen));

        refused(node.signed(own, seen.payload()), FaultCode.ENCRYPTION_OTHER_MESSAGE);
    }

    @Test
    void serve_whenTheCiphertextIsOfAnotherMessageOfTheSameSender_refused() {
        Sealing.Sealed seen = node.sealed(node.header());
        Header other = header(seen.header(), TestFederation.WEB, UUID.randomUUID(), digest(seen));

        refused(node.signed(other, seen.payload()), FaultCode.ENCRYPTION_OTHER_MESSAGE);
    }

    @Test
    void serve_whenTheHeaderStatesAnotherDigest_refused() {
        Sealing.Sealed sealed = node.sealed(node.header());
        Header lying =
                header(sealed.header(), TestFederation.WEB, sealed.header().messageId(), "00".repeat(32));

        refused(node.signed(lying, sealed.payload()), FaultCode.ENCRYPTION_DIGEST);
    }

    @Test
    void serve_whenTheProviderHasNoSuchKeyAnyMore_refused() {
        Container request = node.signed(node.sealed(node.header()));
        node.federation.rotate(TestFederation.CSPD);
        node.federation.drop(TestFederation.CSPD);

        // The node still has the sender's key, but the message has to be for the provider.
        refused(request, FaultCode.ENCRYPTION_NOT_FOR_US);
    }

    @Test
    void serve_whenTheCiphertextIsAltered_refused() {
        Sealing.Sealed sealed = node.sealed(node.header());
        byte[] altered = sealed.payload().clone();
        int at = new String(altered, StandardCharsets.US_ASCII).lastIndexOf("</xenc:CipherValue>") - 20;
        altered[at] = (byte) (altered[at] == 'A' ? 'B' : 'A');

        refused(node.signed(sealed.header(), altered), FaultCode.ENCRYPTION_BROKEN);
    }

    @Test
    void submit_whenTheProviderHasNoCertificate_refusedBeforeAnythingLeaves() {
        node.federation.withoutEncryption(TestFederation.CSPD);

        assertThat(node.askFault(TestNode.request())).isEqualTo(FaultCode.ENCRYPTION_RECIPIENT);
        assertThat(node.leaves()).extracting(leaf -> leaf.direction()).containsExactly("REFUSED");
        assertThat(node.connector.reads()).isZero();
    }

    @Test
    void submit_whenTheConsumersCertificateGoesMeanwhile_aFaultInsteadOfTheRecord() {
        node.connector.close();
        CompletableFuture<ExchangeResult> result = node.exchange().client().submit(TestNode.request());
        await().atMost(TestNode.PATIENCE).until(() -> node.connector.reads() == 1);
        node.federation.withoutEncryption(TestFederation.PORTAL);
        node.connector.open();

        assertThat(result.orTimeout(30, TimeUnit.SECONDS).join())
                .isInstanceOfSatisfying(ExchangeResult.Faulted.class, faulted -> {
                    assertThat(faulted.fault().code()).isEqualTo(FaultCode.ENCRYPTION_RECIPIENT);
                    assertThat(faulted.container()).get().satisfies(container -> assertThat(
                                    new String(container.octets(), StandardCharsets.UTF_8))
                            .doesNotContain("ALIVE"));
                });
    }

    @Test
    void receive_whenTheReplyIsInPlain_refusedAndTheCallerIsTold() {
        assertThat(answeredBy(request -> reply(request, false))).isEqualTo(FaultCode.ENCRYPTION_REQUIRED);
    }

    @Test
    void receive_whenTheReplyIsBroken_refusedAndTheCallerIsTold() {
        assertThat(answeredBy(request -> reply(request, true))).isEqualTo(FaultCode.ENCRYPTION_OTHER_MESSAGE);
    }

    /** Asks, keeps the provider from answering, and answers as its key could, against the rules. */
    private FaultCode answeredBy(Function<Container, Container> answering) {
        node.connector.close();
        ExchangeRequest asked = TestNode.request();
        CompletableFuture<ExchangeResult> result = node.exchange().client().submit(asked);
        await().atMost(TestNode.PATIENCE).until(() -> node.connector.reads() == 1);
        Container request = node.open(node.log().messages(asked.messageId()).get(0));
        node.inject(
                Queues.reply(TestFederation.PORTAL, TestFederation.NODE),
                answering.apply(request).octets());
        ExchangeResult ended = result.orTimeout(15, TimeUnit.SECONDS).join();
        FaultCode code = ((ExchangeResult.Faulted) ended).fault().code();
        node.awaitRefusal(code);
        return code;
    }

    /** @param transplanted whether the payload is the request's own ciphertext instead of a record in plain */
    private Container reply(Container request, boolean transplanted) {
        Header asked = request.header();
        Instant now = node.log().now();
        Header header = new Header(
                MessageIds.answer(asked.provider(), asked.sender(), request.asInReplyTo()),
                asked.correlationId(),
                MessageKind.REPLY,
                asked.provider(),
                asked.consumer(),
                asked.provider(),
                asked.service(),
                "1.0",
                transplanted ? asked.payloadMediaType() : "application/xml",
                transplanted ? asked.plainPayloadDigest() : null,
                asked.actor(),
                null,
                null,
                asked.purpose(),
                asked.legalBasis(),
                asked.channel(),
                asked.locale(),
                asked.priority(),
                now,
                now.plusSeconds(30),
                null,
                null,
                request.asInReplyTo());
        byte[] record = CountingConnector.record(TestNode.NUMBER).getBytes(StandardCharsets.UTF_8);
        return node.signed(
                header, transplanted ? request.payload() : PayloadXml.record(record, now, Coverage.COMPLETE));
    }

    private void refused(Container request, FaultCode code) {
        node.inject(request.octets());

        node.awaitRefusal(code);
        await().atMost(TestNode.PATIENCE)
                .until(() -> node.providerFault(request.header().messageId()).isPresent());
        assertThat(node.providerFault(request.header().messageId())).hasValue(code);
        assertThat(node.connector.reads()).isZero();
    }

    private String record(Container reply) {
        PayloadContent content = node.payloads().read(reply, TestFederation.PORTAL);
        return new String(((PayloadContent.Record) content).octets(), StandardCharsets.UTF_8);
    }

    private static String digest(Sealing.Sealed sealed) {
        return String.valueOf(sealed.header().plainPayloadDigest());
    }

    private static Header header(Header like, SubsystemId consumer, UUID id, String plainDigest) {
        return new Header(
                id,
                like.correlationId(),
                like.kind(),
                consumer,
                consumer,
                like.provider(),
                like.service(),
                like.schemaVersion(),
                like.payloadMediaType(),
                plainDigest,
                like.actor(),
                null,
                null,
                like.purpose(),
                like.legalBasis(),
                like.channel(),
                like.locale(),
                like.priority(),
                like.issued(),
                like.expires(),
                null,
                null,
                null);
    }
}
