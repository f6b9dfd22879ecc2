package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.connectors.ConnectorResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.ContainerLimits;

/** A service that answers with a document: over the real broker and into the real log, never all in memory. */
class DocumentExchangeTest {

    private static final int MIB = 1024 * 1024;

    @TempDir
    Path directory;

    private TestNode node;

    @BeforeEach
    void start() {
        node = new TestNode(directory);
        node.federation.agreements(List.of(Documents.agreement()));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000, 3 * MIB + 7, 10 * MIB})
    void submit_whenTheServiceGivesDocuments_answersWithTheSameOctetsAndKeepsThemInTheLog(int length)
            throws IOException {
        node.connector.answer(Documents.pdf(length));

        Container reply = ((ExchangeResult.Answered) node.ask(Documents.request())).reply();

        String expected = Documents.digest(Documents.octets(length));
        assertThat(reply.header().payloadMediaType()).isEqualTo(Documents.PDF);
        assertThat(reply.payloadDigest()).isEqualTo(expected);
        assertThat(Documents.digestOf(reply)).isEqualTo(expected);
        List<StoredMessage> logged = node.log().messages(reply.header().messageId());
        assertThat(logged).extracting(StoredMessage::direction).containsExactly(Direction.SENT, Direction.RECEIVED);
        assertThat(digestAt(logged.get(0))).isEqualTo(digestAt(logged.get(1)));
        assertNothingSpooled();
    }

    private String digestAt(StoredMessage message) throws IOException {
        ContainerContent whole = node.log().whole(message.index()).orElseThrow();
        return Documents.digest(whole.open(0));
    }

    private void assertNothingSpooled() {
        await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> {
            try (Stream<Path> left = Files.list(directory.resolve("spool"))) {
                assertThat(left).isEmpty();
            }
        });
    }

    @Test
    void submit_whenTheSameRequestComesAgain_givesTheRecordedDocumentWithoutAskingAgain() {
        node.connector.answer(Documents.pdf(MIB));
        ExchangeRequest request = Documents.request();
        Container first = ((ExchangeResult.Answered) node.ask(request)).reply();
        String document = Documents.digestOf(first);
        node.connector.answer(Documents.pdf(7));
        node.restart();

        Container again = ((ExchangeResult.Answered) node.ask(request)).reply();

        assertThat(again.payloadDigest()).isEqualTo(first.payloadDigest());
        assertThat(Documents.digestOf(again)).isEqualTo(document);
        assertThat(node.connector.reads()).isOne();
    }

    @Test
    void submit_whenTheDocumentIsTooLarge_endsByAFault() {
        node.connector.answer(Documents.pdf(ContainerLimits.standard().maxPayloadBytes() + 1L));
        assertThat(faultOf()).isEqualTo(FaultCode.BACKEND_OVERSIZED);
        assertNothingSpooled();
    }

    @Test
    void submit_whenTheDocumentIsXml_endsByAFault() {
        node.connector.answer(
                new ConnectorResult.Document("application/xml", () -> Documents.octets(10), Instant.now()));
        assertThat(faultOf()).isEqualTo(FaultCode.DOCUMENT_MEDIA_TYPE);
    }

    @Test
    void submit_whenARecordComesForADocument_endsByAFault() {
        assertThat(faultOf()).isEqualTo(FaultCode.DOCUMENT_MEDIA_TYPE);
    }

    @Test
    void submit_whenADocumentComesForARecord_endsByAFault() {
        node.federation.agreements(List.of(TestFederation.agreement()));
        node.connector.answer(Documents.pdf(10));
        assertThat(((ExchangeResult.Faulted) node.ask(TestNode.request()))
                        .fault()
                        .code())
                .isEqualTo(FaultCode.DOCUMENT_MEDIA_TYPE);
    }

    @Test
    void submit_whenTheDocumentBreaksOffHalfWay_endsByAFault() {
        node.connector.answer(new ConnectorResult.Document(
                Documents.PDF,
                () -> new InputStream() {
                    private int left = 100_000;

                    @Override
                    public int read() throws IOException {
                        if (left <= 0) {
                            throw new IOException("the connection broke");
                        }
                        left--;
                        return 1;
                    }
                },
                Instant.now()));
        assertThat(faultOf()).isEqualTo(FaultCode.BACKEND_UNAVAILABLE);
        assertNothingSpooled();
    }

    @Test
    void submit_whenTheAgreementDoesNotReleaseTheDocument_endsByAFault() {
        node.federation.agreements(List.of(
                TestFederation.agreement(TestFederation.WEB, TestFederation.DEED, List.of("lifeStatus/status"))));
        node.connector.answer(Documents.pdf(10));
        assertThat(faultOf()).isEqualTo(FaultCode.ACCESS_DENIED);
    }

    @Test
    void submit_whenTheRequestIsEncrypted_endsByAFaultAndTheDocumentIsGivenBack() {
        node.federation.agreements(List.of(Documents.confidential(Documents.agreement())));
        CountDownLatch closed = new CountDownLatch(1);
        node.connector.answer(
                new ConnectorResult.Document(Documents.PDF, Documents.closing(10, closed), Instant.now()));
        assertThat(faultOf()).isEqualTo(FaultCode.DOCUMENT_CONFIDENTIAL);
        assertThat(closed.getCount()).isZero();
        assertNothingSpooled();
    }

    @Test
    void submit_whenTheDocumentIsSigned_itsSourceIsGivenBack() {
        CountDownLatch closed = new CountDownLatch(1);
        node.connector.answer(
                new ConnectorResult.Document(Documents.PDF, Documents.closing(MIB, closed), Instant.now()));
        assertThat(node.ask(Documents.request())).isInstanceOf(ExchangeResult.Answered.class);
        assertThat(closed.getCount()).isZero();
    }

    @Test
    void submit_whenTheSpoolIsFull_endsByAFaultThatMayBeTriedAgain() {
        node.connector.answer(Documents.pdf(MIB));
        node.spoolBytes(MIB);
        node.restart();
        assertThat(faultOf()).isEqualTo(FaultCode.DOCUMENT_NO_SPACE);
        assertThat(FaultCode.DOCUMENT_NO_SPACE.retryable()).isTrue();
        node.spoolBytes(64L * MIB);
        node.restart();
        assertThat(node.ask(Documents.request())).isInstanceOf(ExchangeResult.Answered.class);
    }

    /** A real file system of two mebibytes: the bound of the spool is above what the disk holds. */
    @Test
    void submit_whenTheDiskOfTheSpoolIsFull_endsByAFaultAndLeavesNothing() throws Exception {
        node.stop();
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("spool"), 2)) {
            node.start();
            node.connector.answer(Documents.pdf(5L * MIB));
            assertThat(faultOf()).isEqualTo(FaultCode.DOCUMENT_NO_SPACE);
            assertNothingSpooled();
            assertThat(disk.freeBytes()).isGreaterThan(MIB);
            node.stop();
        }
        node.start();
        assertThat(node.ask(Documents.request())).isInstanceOf(ExchangeResult.Answered.class);
    }

    private FaultCode faultOf() {
        return ((ExchangeResult.Faulted) node.ask(Documents.request())).fault().code();
    }
}
