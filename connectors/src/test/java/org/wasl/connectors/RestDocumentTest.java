package org.wasl.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.connectors.DocumentOctets.assertDocument;
import static org.wasl.connectors.DocumentOctets.pdf;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.connectors.backend.Step;
import org.wasl.connectors.check.CheckReport;
import org.wasl.connectors.check.CheckedStep;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;

/** Documents from a REST server: the worked example of the module's README, against a real server. */
class RestDocumentTest {

    private static final int MIB = 1024 * 1024;
    private static final String DECLARATION = DocumentConnector.example("connector: dls-site-plan");

    @TempDir
    Path directory;

    private final DocumentServer server = new DocumentServer();
    private FolderSpool spool;
    private DocumentConnector connector;

    @BeforeEach
    void open() {
        spool = new FolderSpool(directory, 2);
        connector = connector(DocumentServer.key(), spool);
    }

    private DocumentConnector connector(String secret, DocumentSpool documents) {
        return DocumentConnector.declared(
                directory, DECLARATION, Map.of("dls.base-url", server.address().toString()), secret, documents);
    }

    @AfterEach
    void close() {
        connector.close();
        server.close();
        assertThat(spool.taken()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 64 * 1024, 64 * 1024 + 1, 3 * MIB})
    void fetch_whenTheDocumentIsThere_isTheSameOctets(int length) throws IOException {
        byte[] octets = pdf(length);
        server.answer("application/pdf", octets);
        assertDocument(connector.ask("7"), "application/pdf", octets);
    }

    @ParameterizedTest
    @CsvSource({
        "image/tiff,4d4d002a",
        "image/tiff,49492a00",
        "IMAGE/TIFF; page=1,49492b00",
        "application/vnd.etsi.asic-e+zip,504b0304",
        "application/pdf;charset=binary,255044462d312e34"
    })
    void fetch_whenTheTypeIsDeclared_isOfTheDeclaredType(String header, String head) throws IOException {
        byte[] octets = DocumentOctets.beginning(HexFormat.of().parseHex(head), 5_000);
        server.answer(header, octets);
        String declared = header.split(";")[0].toLowerCase(java.util.Locale.ROOT);
        assertDocument(connector.ask("7"), declared, octets);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html,3c68746d6c3e3c2f68746d6c3e",
        "image/png,89504e470d0a1a0a",
        "application/xml,3c783e3c2f783e",
        "application/pdf,3c68746d6c3e3c2f68746d6c3e",
        "application/pdf,89504e470d0a1a0a",
        "application/pdf,2550",
        "image/tiff,255044462d312e34",
        "application/json,7b7d"
    })
    void fetch_whenTypeOrFirstOctetsAreOthers_isRefused(String type, String octets) {
        server.answer(type, HexFormat.of().parseHex(octets));
        Fault fault = connector.fault("7");
        assertThat(fault.code()).as(fault.detail()).isEqualTo(FaultCode.DOCUMENT_MEDIA_TYPE);
    }

    @Test
    void fetch_whenThereIsNoTypeOrNoDocument_isRefused() {
        server.answer(exchange -> {
            exchange.sendResponseHeaders(200, 8);
            exchange.getResponseBody().write(pdf(8));
        });
        assertThat(connector.fault("7").code()).isEqualTo(FaultCode.DOCUMENT_MEDIA_TYPE);
        server.answer("application/pdf", new byte[0]);
        assertThat(connector.fault("7").code()).isEqualTo(FaultCode.DOCUMENT_MEDIA_TYPE);
    }

    @Test
    void fetch_whenTheServerSaysThatThereIsNone_isNotFound() {
        answer(404, "{\"error\":\"NO_SUCH_PLAN\"}");
        assertThat(connector.ask("7")).isInstanceOf(ConnectorResult.NotFound.class);
    }

    @ParameterizedTest
    @CsvSource({
        "404,BACKEND_REFUSED",
        "206,BACKEND_REFUSED",
        "302,BACKEND_REFUSED",
        "429,BACKEND_BUSY",
        "500,BACKEND_UNAVAILABLE"
    })
    void fetch_whenTheServerRefuses_saysHow(int status, FaultCode code) {
        answer(status, "{\"error\":\"OTHER\"}");
        assertThat(connector.fault("7").code()).isEqualTo(code);
    }

    private void answer(int status, String json) {
        server.answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] octets = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, octets.length);
            exchange.getResponseBody().write(octets);
        });
    }

    @Test
    void fetch_whenMoreIsAnnouncedThanDeclared_isOversizedAndUnread() throws InterruptedException {
        CountDownLatch sent = new CountDownLatch(1);
        server.answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/pdf");
            exchange.sendResponseHeaders(200, 3L * MIB + 1);
            exchange.getResponseBody().write(pdf(3 * MIB + 1));
            sent.countDown();
        });
        assertThat(connector.fault("7").code()).isEqualTo(FaultCode.BACKEND_OVERSIZED);
        assertThat(server.hungUp().await(10, TimeUnit.SECONDS) || sent.getCount() == 0)
                .isTrue();
    }

    @Test
    void fetch_whenADocumentHasNoEnd_isOversizedAndTheServerIsHungUpOn() throws InterruptedException {
        server.answer(RestDocumentTest::endless);
        long start = System.nanoTime();
        assertThat(connector.fault("7").code()).isEqualTo(FaultCode.BACKEND_OVERSIZED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(server.hungUp().await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/pdf");
        exchange.sendResponseHeaders(200, 0);
        byte[] octets = pdf(64 * 1024);
        OutputStream out = exchange.getResponseBody();
        while (!Thread.currentThread().isInterrupted()) {
            out.write(octets);
        }
    }

    @Test
    void fetch_whenTheConnectionBreaks_isUnavailableAndCountsForTheBreaker() {
        server.answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/pdf");
            exchange.sendResponseHeaders(200, 1_000_000);
            exchange.getResponseBody().write(pdf(200_000));
            exchange.getResponseBody().flush();
            throw new IOException("hang up");
        });
        for (int i = 0; i < 4; i++) {
            Fault fault = connector.fault("7");
            assertThat(fault.code()).as(fault.detail()).isEqualTo(FaultCode.BACKEND_UNAVAILABLE);
            assertThat(fault.detail()).contains("broke off");
        }
        assertThat(connector.fault("7").detail()).contains("circuit breaker");
        byte[] octets = pdf(100);
        server.answer("application/pdf", octets);
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertDocument(connector.ask("7"), "application/pdf", octets));
    }

    @Test
    void fetch_whenTheAnswerDoesNotSayWhereItEnds_isMalformedUnlessADigestDoes() throws IOException {
        byte[] octets = pdf(10_000);
        try (UnboundedServer unbounded = new UnboundedServer(octets, "")) {
            assertThat(at(unbounded).fault("7").code()).isEqualTo(FaultCode.BACKEND_MALFORMED);
        }
        try (UnboundedServer unbounded = new UnboundedServer(octets, DocumentOctets.digestHeader(octets))) {
            assertDocument(at(unbounded).ask("7"), "application/pdf", octets);
        }
    }

    private DocumentConnector at(UnboundedServer other) {
        connector.close();
        connector = DocumentConnector.declared(
                directory, DECLARATION, Map.of("dls.base-url", other.address()), DocumentServer.key(), spool);
        return connector;
    }

    @Test
    void fetch_whenADigestComes_isCompared() throws IOException {
        byte[] octets = pdf(70_000);
        digested(octets, DocumentOctets.digestHeader(octets));
        assertDocument(connector.ask("7"), "application/pdf", octets);
        digested(octets, DocumentOctets.digestHeader(pdf(70_001)));
        Fault fault = connector.fault("7");
        assertThat(fault.code()).isEqualTo(FaultCode.BACKEND_MALFORMED);
        assertThat(fault.detail()).contains("digest");
    }

    private void digested(byte[] octets, String digest) {
        server.answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/pdf");
            exchange.getResponseHeaders().set("Repr-Digest", "sha-512=:AAAA:, " + digest);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(octets);
        });
    }

    @Test
    void fetch_whenItStopsComing_isTimedOutAndItsPlaceIsFreed() {
        server.answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/pdf");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(pdf(100));
            exchange.getResponseBody().flush();
            untilTheTestEnds();
        });
        ConnectorResult result = connector.ask("7", Duration.ofMillis(300));
        assertThat(((ConnectorResult.Failed) result).fault().code()).isEqualTo(FaultCode.BACKEND_TIMED_OUT);
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> spool.taken() == 0);
    }

    private static void untilTheTestEnds() throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server stops", e);
        }
    }

    @Test
    void fetch_whenTheSpoolIsFull_isNoSpaceAndNoFaultOfTheBackEnd() throws IOException {
        byte[] octets = pdf(100);
        server.answer("application/pdf", octets);
        ConnectorResult first = connector.ask("7");
        ConnectorResult second = connector.ask("7");
        for (int i = 0; i < 6; i++) {
            assertThat(connector.fault("7").code()).isEqualTo(FaultCode.DOCUMENT_NO_SPACE);
        }
        assertDocument(first, "application/pdf", octets);
        assertDocument(second, "application/pdf", octets);
        assertDocument(connector.ask("7"), "application/pdf", octets);
    }

    @Test
    void fetch_whenTheDiskOfTheSpoolIsFull_isNoSpaceAndNoFaultOfTheBackEnd() {
        AtomicInteger closed = new AtomicInteger();
        connector.close();
        connector = connector(DocumentServer.key(), most -> Optional.of(new FullDisk(closed)));
        server.answer("application/pdf", pdf(MIB));
        for (int i = 1; i <= 6; i++) {
            Fault fault = connector.fault("7");
            assertThat(fault.code()).as(fault.detail()).isEqualTo(FaultCode.DOCUMENT_NO_SPACE);
            assertThat(closed).hasValue(i);
        }
    }

    /** Takes the head of a document and no more. */
    private record FullDisk(AtomicInteger closed) implements DocumentSpool.Place {

        @Override
        public OutputStream write() {
            return new OutputStream() {
                private int written;

                @Override
                public void write(int octet) throws IOException {
                    written++;
                    if (written > 100_000) {
                        throw new IOException("No space left on device");
                    }
                }
            };
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void fetch_whenTheKeyIsWrong_isRefused() {
        connector.close();
        connector = connector("wrong", spool);
        assertThat(connector.fault("7").code()).isEqualTo(FaultCode.BACKEND_REFUSED);
    }

    @Test
    void check_whenTheDocumentIsThere_everyStepPassesAndNamesTypeAndSize() {
        server.answer("application/pdf", pdf(12_345));
        CheckReport report = connector.check();
        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.found()).isTrue();
        assertThat(report.steps())
                .extracting(CheckedStep::step)
                .containsExactly(Step.CONNECT, Step.AUTHENTICATE, Step.FETCH, Step.MAP, Step.VALIDATE);
        assertThat(report.steps().get(4).reason()).isEqualTo("application/pdf, 12345 octets");
    }

    @Test
    void check_whenTheTypeIsWrong_saysThatValidatingFailed() {
        server.answer("text/html", "<html></html>".getBytes(StandardCharsets.UTF_8));
        assertThat(connector.check().steps())
                .filteredOn(step -> step.verdict() == CheckedStep.Verdict.FAILED)
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.step()).isEqualTo(Step.VALIDATE);
                    assertThat(step.code()).isEqualTo("wasl.document.media-type");
                });
    }
}
