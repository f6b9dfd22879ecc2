package org.wasl.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.connectors.DocumentOctets.assertDocument;
import static org.wasl.connectors.DocumentOctets.beginning;
import static org.wasl.connectors.DocumentOctets.pdf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.connectors.backend.Step;
import org.wasl.connectors.check.CheckReport;
import org.wasl.connectors.check.CheckedStep;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;

/** Documents from an SFTP server: the worked example of the module's README, against a real server. */
class SftpDocumentTest {

    private static final int MIB = 1024 * 1024;
    private static final String GENERATED = "# generated 2026-11-22T02:00:00Z";
    private static final String COMPLETE = "# coverage COMPLETE";

    @TempDir
    Path directory;

    private SftpFolder server;
    private FolderSpool spool;
    private DocumentConnector connector;
    private Path snapshot;

    @BeforeEach
    void open() throws IOException {
        server = new SftpFolder(directory);
        Map<String, byte[]> deeds = new LinkedHashMap<>();
        deeds.put("deed-7.bin", pdf(5 * MIB + 1));
        deeds.put("deed-8.bin", beginning(new byte[] {'I', 'I', 42, 0}, 70_000));
        deeds.put("deed-9.bin", "<html></html>".getBytes(StandardCharsets.UTF_8));
        deeds.put("deed-10.bin", pdf(6 * MIB + 1));
        deeds.put("deed-11.bin", new byte[0]);
        snapshot = server.publish("2026-11-22", deeds, GENERATED, COMPLETE);
        spool = new FolderSpool(directory, 2);
        connector = connector(SftpFolder.password());
    }

    private DocumentConnector connector(String password) {
        String declaration = DocumentConnector.example("connector: dls-deed");
        return DocumentConnector.declared(directory, declaration, server.properties(), password, spool);
    }

    @AfterEach
    void close() throws IOException {
        connector.close();
        server.close();
        assertThat(spool.taken()).isZero();
    }

    @Test
    void fetch_whenTheDocumentIsListed_isTheSameOctetsAndOfItsOwnType() throws IOException {
        ConnectorResult result = connector.ask("7");
        assertThat(((ConnectorResult.Document) result).asOf()).isEqualTo(Instant.parse("2026-11-22T02:00:00Z"));
        assertDocument(result, "application/pdf", pdf(5 * MIB + 1));
        assertDocument(connector.ask("8"), "image/tiff", beginning(new byte[] {'I', 'I', 42, 0}, 70_000));
    }

    @Test
    void fetch_whenTheManifestDoesNotListIt_isNotFound() {
        assertThat(connector.ask("12")).isInstanceOf(ConnectorResult.NotFound.class);
    }

    @Test
    void fetch_whenTheManifestIsPartial_doesNotSayThatThereIsNone() throws IOException {
        server.publish("2026-11-23", Map.of("deed-7.bin", pdf(100)), GENERATED, "# coverage PARTIAL");
        assertDocument(connector.ask("7"), "application/pdf", pdf(100));
        assertThat(connector.fault("12").code()).isEqualTo(FaultCode.BACKEND_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "11"})
    void fetch_whenTheFirstOctetsAreOfNoDeclaredType_isRefused(String number) {
        assertThat(connector.fault(number).code()).isEqualTo(FaultCode.DOCUMENT_MEDIA_TYPE);
    }

    @Test
    void fetch_whenTheDocumentIsLargerThanDeclared_isOversized() {
        assertThat(connector.fault("10").code()).isEqualTo(FaultCode.BACKEND_OVERSIZED);
    }

    @Test
    void fetch_whenTheDocumentIsNotTheOneOfTheManifest_isMalformed() throws IOException {
        byte[] changed = pdf(5 * MIB + 1);
        changed[3 * MIB]++;
        Files.write(snapshot.resolve("deed-7.bin"), changed);
        Fault fault = connector.fault("7");
        assertThat(fault.code()).isEqualTo(FaultCode.BACKEND_MALFORMED);
        assertThat(fault.detail()).contains("digest");
        Files.write(snapshot.resolve("deed-7.bin"), Arrays.copyOf(changed, MIB));
        assertThat(connector.fault("7").code()).isEqualTo(FaultCode.BACKEND_MALFORMED);
    }

    @Test
    void fetch_whenTheSnapshotWasReplaced_readsTheNewOne() throws IOException {
        assertDocument(connector.ask("7"), "application/pdf", pdf(5 * MIB + 1));
        Files.delete(snapshot.resolve("deed-7.bin"));
        server.publish("2026-11-23", Map.of("deed-7.bin", pdf(100)), GENERATED, COMPLETE);
        assertDocument(connector.ask("7"), "application/pdf", pdf(100));
    }

    @Test
    void fetch_whenTheDocumentIsListedButNotThere_isRefusedAndNotAbsent() throws IOException {
        Files.delete(snapshot.resolve("deed-7.bin"));
        assertThat(connector.fault("7").code()).isEqualTo(FaultCode.BACKEND_REFUSED);
    }

    @Test
    void fetch_whenTheServerIsDown_isUnavailable() throws IOException {
        server.close();
        assertThat(connector.fault("7").code()).isEqualTo(FaultCode.BACKEND_UNAVAILABLE);
    }

    @Test
    void fetch_whenThePasswordIsWrong_isRefused() {
        connector.close();
        connector = connector("wrong");
        assertThat(connector.fault("7").code()).isEqualTo(FaultCode.BACKEND_REFUSED);
    }

    @Test
    void fetch_whenTheDeadlineIsPast_asksNobody() {
        ConnectorResult result = connector.ask("7", Duration.ofMillis(-1));
        assertThat(((ConnectorResult.Failed) result).fault().code()).isEqualTo(FaultCode.BACKEND_TIMED_OUT);
    }

    @Test
    void check_whenTheDocumentIsThere_namesTypeAndSize() {
        CheckReport report = connector.check();
        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.steps())
                .extracting(CheckedStep::step)
                .containsExactly(Step.CONNECT, Step.AUTHENTICATE, Step.FETCH, Step.MAP, Step.VALIDATE);
        assertThat(report.steps().get(4).reason()).isEqualTo("application/pdf, " + (5 * MIB + 1) + " octets");
    }
}
