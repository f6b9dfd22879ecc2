package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.population.Personas;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.IssuedCertificate;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.RevocationReason;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.Pkcs12File;

/** A running node whose authority revokes a member's certificate. */
class RevocationIT {

    private static final MemberId COURT = MemberId.parse("JO/GOV/MOJ");
    private static final MemberId TRAFFIC = MemberId.parse("JO/GOV/DVLD");
    private static final Duration CEILING = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void answers_whenACertificateIsRevokedMeanwhile_endWithinTheDeclaredDelay(@TempDir Path root) throws Exception {
        DataDirectory directory = new DataDirectory(root);
        directory.create();
        Files.writeString(
                root.resolve("wasl.yaml"),
                "wasl:\n  samples:\n    families: 60\n  revocation:\n    statement-ceiling: 2s\n"
                        + "    warn-before: 365d\n");
        try (NodeProcess process = NodeProcess.start(RunningNode.settings(directory))) {
            RunningNode node = new RunningNode(directory, process.state());
            assertThat(ask(node).statusCode()).isEqualTo(200);
            assertThat(evidence(directory)).isPositive();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(expiring(process))
                    .contains("REGISTRY", "version 1", "REVOCATION_LIST", "JO message ca"));

            Instant revoked = revoke(directory, process);

            await().atMost(PATIENCE).until(() -> ask(node).statusCode() != 200);
            // The ceiling, and what one request takes on a busy machine.
            assertThat(Duration.between(revoked, Instant.now())).isLessThan(CEILING.plusSeconds(10));
            assertThat(text(ask(node))).contains(FaultCode.CERTIFICATE_REVOKED.wireCode());

            // The edge says the same of a connection's certificate, instead of that it knew none.
            assertThat(text(ask(node, TRAFFIC))).doesNotContain("wasl.certificate.");
            revokeClient(directory);
            await().atMost(PATIENCE)
                    .until(() -> text(ask(node, TRAFFIC)).contains(FaultCode.CERTIFICATE_REVOKED.wireCode()));
        }
    }

    /** With a year's notice everything of a demonstration ends soon. */
    private static String expiring(NodeProcess process) throws Exception {
        URI health = URI.create(process.state().managementUrl() + "/actuator/health/expiry");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Revoked for the responder alone: the list that the node has at hand does not say so. */
    private static Instant revoke(DataDirectory directory, NodeProcess process) throws Exception {
        Instant now = Instant.now();
        Pki pki = new Pki(new TrustFiles(directory.root()), DemoAuthority.EXAMPLE_PUBLICATION, Clock.systemUTC());
        assertThat(pki.revoke(
                        "message-ca",
                        process.part(MemberKeys.class)
                                .messageKey(COURT)
                                .orElseThrow()
                                .certificate()
                                .getSerialNumber(),
                        new IssuedCertificate.Revocation(now, RevocationReason.KEY_COMPROMISE)))
                .isPresent();
        return now;
    }

    private static void revokeClient(DataDirectory directory) throws Exception {
        TrustFiles files = new TrustFiles(directory.root());
        Pki pki = new Pki(files, DemoAuthority.EXAMPLE_PUBLICATION, Clock.systemUTC());
        KeyEntry client = Pkcs12File.readKey(
                files.client(TRAFFIC).resolve("client.p12"), files.secrets().read("client-" + TRAFFIC.dotted()));
        assertThat(pki.revoke(
                        "tls-ca",
                        client.certificate().getSerialNumber(),
                        new IssuedCertificate.Revocation(Instant.now(), RevocationReason.SUPERSEDED)))
                .isPresent();
    }

    private static HttpResponse<byte[]> ask(RunningNode node) throws Exception {
        return ask(node, COURT);
    }

    /** With this member's connection; what is asked is the court's. */
    private static HttpResponse<byte[]> ask(RunningNode node, MemberId connected) throws Exception {
        return node.agency(
                connected,
                "GET",
                "/r1/JO/GOV/CSPD/registry/person-record/v1?nationalNumber=" + Personas.CLEAN.nationalNumber(),
                "",
                "X-Road-Client",
                "JO/GOV/MOJ/case-system",
                "X-Road-Id",
                UUID.randomUUID().toString(),
                "X-Road-UserId",
                "judge-1",
                "X-Road-Issue",
                "case-1",
                "Wasl-Purpose",
                "COURT_CASE",
                "Wasl-Legal-Basis",
                "JO-LAW-9-2001");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** How many received messages name evidence. */
    private static long evidence(DataDirectory directory) throws Exception {
        long[] named = new long[1];
        try (LogSource source = SqliteLogStore.openReadOnly(directory.logDatabase())) {
            source.scan(0, 1_000, row -> {
                boolean received = Direction.RECEIVED.name().equals(row.leaf().direction());
                named[0] += received && !row.leaf().evidenceDigests().isEmpty() ? 1 : 0;
            });
        }
        return named[0];
    }
}
