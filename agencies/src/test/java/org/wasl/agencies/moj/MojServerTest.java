package org.wasl.agencies.moj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.population.Population;

class MojServerTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T01:30:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private final Population population = new Population(11, 60, LocalDate.of(2026, 11, 21));
    private MojServer server;
    private SshClient client;

    @BeforeEach
    void start() throws IOException {
        server = server(CLOCK);
        server.start(0);
        client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(
                (session, address, key) -> PublicKeyEntry.toString(key).equals(server.hostKey()));
        // Else a refused command is not told apart from a silent one.
        CoreModuleProperties.REQUEST_EXEC_REPLY.set(client, true);
        client.start();
    }

    @AfterEach
    void stop() {
        client.stop();
        server.close();
    }

    @Test
    void snapshot_whenRead_matchesItsManifest() throws Exception {
        try (ClientSession session = session("secret");
                SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
            String current = text(sftp, "/outbox/CURRENT");
            assertThat(current).isEqualTo("2026-11-21\n");
            List<String> manifest =
                    text(sftp, "/outbox/2026-11-21/MANIFEST").lines().toList();
            assertThat(manifest)
                    .hasSize(203)
                    .startsWith("# snapshot 2026-11-21", "# generated 2026-11-21T01:30:00Z", "# coverage COMPLETE");
            for (String line : manifest.subList(3, manifest.size())) {
                String content = text(sftp, "/outbox/2026-11-21/" + line.substring(66));
                assertThat(line.substring(0, 64)).isEqualTo(sha256(content));
            }
        }
        assertThat(server.reads().total()).isEqualTo(200);
    }

    @Test
    void status_ofThePersonas_isAsTold() throws Exception {
        assertThat(statusRow(Personas.CLEAN)).contains("\"C\"").contains("\"NC-");
        assertThat(statusRow(Personas.CONVICTED)).contains("\"N\"");
        assertThat(statusRow(Personas.DEFERRED))
                .contains("\"M\",\"\",\"\",\"\",")
                .contains("\"\"تدقيق\"\"");
        assertThat(row("attachments", Personas.CLEAN)).contains("\"NIL\"");
        assertThat(row("attachments", Personas.ATTACHED))
                .contains("\"ATT\"", "\"VEHICLE\",\"" + Personas.ATTACHED.plate() + "\"");
    }

    @Test
    void client_whenItWouldWrite_isRefused() throws Exception {
        try (ClientSession session = session("secret");
                SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
            String file = "/outbox/CURRENT";
            assertThatThrownBy(() -> sftp.put(new ByteArrayInputStream(new byte[1]), "/outbox/new"))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.open(file, SftpClient.OpenMode.Write)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.open(
                            file, SftpClient.OpenMode.Read, SftpClient.OpenMode.Truncate, SftpClient.OpenMode.Write))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.remove(file)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.rename(file, "/outbox/x")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.mkdir("/d")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.rmdir("/outbox")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.symLink("/etc", "/outbox/etc")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.setStat(file, new SftpClient.Attributes().perms(0777)))
                    .isInstanceOf(IOException.class);
            assertThat(text(sftp, file)).isEqualTo("2026-11-21\n");
        }
    }

    @Test
    void client_whenItClimbs_staysInTheChroot() throws Exception {
        try (ClientSession session = session("secret");
                SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
            for (String path : List.of("/../host-key", "../../host-key", "/outbox/../../host-key", "/etc/hostname")) {
                assertThatThrownBy(() -> text(sftp, path)).isInstanceOf(IOException.class);
            }
            assertThat(sftp.canonicalPath("/../..")).isEqualTo("/");
        }
    }

    @Test
    void session_withAWrongPasswordOrAShell_isRefused() throws Exception {
        assertThatThrownBy(() -> session("wrong")).isInstanceOf(IOException.class);
        try (ClientSession session = session("secret")) {
            assertThatThrownBy(() -> session.executeRemoteCommand("id")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void publish_whenCalledAgain_namesTheNewSnapshotAndKeepsTheLast() throws Exception {
        assertThat(server.publish()).isEqualTo("2026-11-21-2");
        assertThat(server.publish()).isEqualTo("2026-11-21-3");
        Path outbox = directory.resolve("root/outbox");
        assertThat(Files.readString(outbox.resolve("CURRENT"))).isEqualTo("2026-11-21-3\n");
        assertThat(outbox.resolve("2026-11-21-2")).isDirectory();
        assertThat(outbox.resolve("2026-11-21")).doesNotExist();
    }

    @Test
    void start_afterAStop_keepsPortAndHostKey() throws Exception {
        int port = server.port();
        String key = server.hostKey();
        server.stop();
        assertThatThrownBy(() -> session("secret")).isInstanceOf(IOException.class);
        assertThat(server.start(port)).isEqualTo(port);
        assertThat(server.hostKey()).isEqualTo(key);
        assertThat(row("status", Personas.CLEAN)).isNotEmpty();
    }

    @Test
    void start_onTheNextDay_publishesThatDay() throws Exception {
        server.stop();
        server = server(Clock.offset(CLOCK, Duration.ofDays(1)));
        server.start(0);
        assertThat(Files.readString(directory.resolve("root/outbox/CURRENT"))).isEqualTo("2026-11-22\n");
    }

    private MojServer server(Clock clock) {
        return new MojServer(directory, population, "bus", "secret", clock);
    }

    private String statusRow(Personas persona) throws IOException {
        return row("status", persona);
    }

    private String row(String kind, Personas persona) throws IOException {
        String number = persona.nationalNumber();
        try (ClientSession session = session("secret");
                SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
            String current = text(sftp, "/outbox/CURRENT").strip();
            String content = text(sftp, "/outbox/" + current + "/" + kind + "-" + number.substring(8) + ".csv");
            int start = content.indexOf("\"" + number + "\"");
            assertThat(start).isPositive();
            int end = content.indexOf("\n\"", start);
            return content.substring(start, end < 0 ? content.length() : end);
        }
    }

    private ClientSession session(String password) throws IOException {
        ClientSession session = client.connect("bus", "127.0.0.1", server.port())
                .verify(Duration.ofSeconds(20))
                .getSession();
        session.addPasswordIdentity(password);
        session.auth().verify(Duration.ofSeconds(20));
        return session;
    }

    private static String text(SftpClient sftp, String path) throws IOException {
        try (InputStream in = sftp.read(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
