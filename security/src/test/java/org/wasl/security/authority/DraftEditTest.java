package org.wasl.security.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.security.authority.TestAuthority.CSPD;
import static org.wasl.security.authority.TestAuthority.NOW;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.DraftExamination;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.NoteKey;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryComparison;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.Service;

class DraftEditTest {

    private static final RegistryXml XML = new RegistryXml(SchemaCatalogue.load());

    @TempDir
    private Path directory;

    private byte[] draft = DemoRegistry.draft();

    @Test
    void add_fromMemberToAgreement_makesARegistryThatANodeTakes() {
        order(
                "add",
                "member",
                "JO/GOV/HEALTH",
                "ar=وزارة الصحة",
                "en=Ministry of Health",
                "node=node-1",
                "node=node-2");
        order("add", "subsystem", "JO/GOV/HEALTH/records", "ar=السجل", "en=Records");
        String service = "JO/GOV/HEALTH/records/life/v1";
        order("add", "service", service, "ar=حياة", "en=Life", "namespace=urn:wasl:civil:1", "schemaVersion=1.1");
        order("add", "parameter", service + "/nationalNumber", "pattern=[0-9]{1,10}", "subject=true");
        order(
                "add",
                "agreement",
                "portal-life",
                "consumer=JO/GOV/PORTAL/web",
                "service=" + service,
                "purpose=GENERAL_CLEARANCE,legalBasis=JO-BYLAW-CLEARANCE",
                "actor=CITIZEN,subject=OWN,assertion=REQUIRED,assurance=HIGH",
                "actor=SYSTEM",
                "release=lifeStatus/status",
                "perMinute=60",
                "hours=Asia/Amman",
                "open=SUNDAY MONDAY,from=08:00,to=16:00",
                "validFrom=2026-12-01",
                "validTo=2027-12-01T00:00:00Z");
        order("add", "node", "JO/GOV/HEALTH/node-3");

        Registry registry = registry();
        Member health = registry.member(MemberId.parse("JO/GOV/HEALTH")).orElseThrow();
        assertThat(health.name().arabic()).isEqualTo("وزارة الصحة");
        assertThat(health.nodes()).containsExactly("node-1", "node-2", "node-3");
        Service life = registry.service(ServiceId.parse(service)).orElseThrow();
        assertThat(life.parameters()).singleElement().satisfies(parameter -> {
            assertThat(parameter.subject()).isTrue();
            assertThat(parameter.pattern().pattern()).isEqualTo("[0-9]{1,10}");
        });
        Agreement agreement = agreement(registry, "portal-life");
        assertThat(agreement.actors()).hasSize(2);
        assertThat(agreement.validFrom()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
    }

    @Test
    void evidence_fromItsFirstWitnessToItsRemoval_isARegistryThatANodeTakes() throws Exception {
        Path pem = directory.resolve("court.pem");
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        Files.writeString(
                pem,
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PUBLIC KEY-----\n");
        String court = "court.example";
        String until = "validTo=2030-01-01";
        order("add", "witness", court, "pem=" + pem, "address=https://court.example/w", "validFrom=2026-01-01", until);
        order("set", "evidence", "policy", "witnessing=1,alarmAfter=PT10S,refuseAfter=PT60S");
        order("set", "service", "JO/GOV/CSPD/registry/life-status/v1", "retention=P3650D");
        order("set", "witness", court, "compromisedFrom=2029-01-01");

        Registry registry = registry();
        assertThat(registry.evidence().orElseThrow().witnessing().orElseThrow().quorum())
                .isEqualTo(1);
        assertThat(registry.witnesses()).singleElement().satisfies(witness -> {
            assertThat(witness.name()).isEqualTo(court);
            assertThat(witness.key().getEncoded()).isEqualTo(key);
            assertThat(witness.compromisedFrom()).isEqualTo(Instant.parse("2029-01-01T00:00:00Z"));
        });
        assertThat(registry.service(ServiceId.parse("JO/GOV/CSPD/registry/life-status/v1"))
                        .orElseThrow()
                        .retention())
                .hasDays(3650);

        order("set", "evidence", "policy", "witnessing=");
        order("remove", "witness", court);
        assertThat(registry().witnesses()).isEmpty();
        order("remove", "evidence", "policy");
        assertThat(registry().evidence()).isEmpty();
    }

    @Test
    void certificates_fromAddingToCompromise_areKnownByTheirFingerprint() throws Exception {
        TestAuthority authority = new TestAuthority("messages");
        X509Certificate certificate = authority.message(CSPD);
        order("add", "trust-anchor", "MESSAGE", "pem=" + pem("ca.pem", authority.certificate()), "crl=crl/ca.crl");
        order("add", "certificate", CSPD.toString(), "use=MESSAGE", "pem=" + pem("cert.pem", certificate));
        String fingerprint = RegistryComparison.fingerprint(certificate.getEncoded());

        assertThat(registered().validFrom())
                .isEqualTo(certificate.getNotBefore().toInstant());
        order("set", "certificate", fingerprint, "compromisedFrom=now", "validTo=2026-12-31");

        assertThat(registered().compromisedFrom()).isEqualTo(NOW);
        assertThat(registered().validTo()).isEqualTo(Instant.parse("2026-12-31T00:00:00Z"));
        order("remove", "certificate", fingerprint);
        assertThat(registry().member(CSPD).orElseThrow().certificates()).isEmpty();
    }

    @Test
    void keysOfWitnessesAndIssuers_areAddedFromPem() throws Exception {
        Path key = Files.writeString(
                directory.resolve("witness.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getEncoder()
                                .encodeToString(KeyPairGenerator.getInstance("Ed25519")
                                        .generateKeyPair()
                                        .getPublic()
                                        .getEncoded())
                        + "\n-----END PUBLIC KEY-----\n",
                StandardCharsets.US_ASCII);
        order(
                "add",
                "note-key",
                "JO/GOV/MOJ",
                "use=WITNESS",
                "name=moj.example/witness",
                "pem=" + key,
                "validFrom=2026-11-01",
                "validTo=2028-11-01");
        order(
                "add",
                "identity-issuer",
                "https://id.example/jo",
                "pem=" + key,
                "kid=key-1",
                "validFrom=2026-11-01",
                "validTo=2028-11-01");

        Registry registry = registry();
        assertThat(registry.member(MemberId.parse("JO/GOV/MOJ")).orElseThrow().noteKeys())
                .singleElement()
                .satisfies(noteKey -> assertThat(noteKey.use()).isEqualTo(NoteKey.Use.WITNESS));
        assertThat(registry.trusted().issuers()).singleElement().satisfies(issuer -> assertThat(issuer.keys())
                .hasSize(1));
    }

    @Test
    void set_ofAnAgreement_replacesWhatIsNamedAndLeavesTheRest() {
        String id = registry().agreements().iterator().next().id();
        Agreement before = agreement(registry(), id);

        order("set", "agreement", id, "withdrawn=now", "actor=SYSTEM");

        Agreement after = agreement(registry(), id);
        assertThat(after.withdrawn()).isEqualTo(NOW);
        assertThat(after.actors()).hasSize(1);
        assertThat(after.released()).isEqualTo(before.released());
        order("set", "agreement", id, "withdrawn=");
        assertThat(agreement(registry(), id).withdrawn()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "add, member, JO/GOV/MOJ, is there already",
        "remove, member, JO/GOV/NOBODY, there is no member",
        "add, subsystem, JO/GOV/NOBODY/x, there is no member JO/GOV/NOBODY",
        "add, service, life/v1, is not a full identifier",
        "set, certificate, 0011223344556677, there is no certificate",
        "add, certificate, JO/GOV/MOJ, there is no file",
    })
    void order_whenItCannotBeCarriedOut_saysWhy(String action, String kind, String id, String reason) {
        DraftEdit.Outcome outcome = DraftEdit.apply(
                draft,
                given(action, kind, id, kind.equals("certificate") ? new String[] {"pem=nowhere.pem"} : new String[0]),
                NOW);

        assertThat(outcome).isInstanceOf(DraftEdit.Outcome.Refused.class);
        assertThat(((DraftEdit.Outcome.Refused) outcome).reason())
                .contains(reason.equals("there is no file") ? "nowhere.pem cannot be read" : reason);
    }

    private RegisteredCertificate registered() {
        return registry().member(CSPD).orElseThrow().certificates().get(0);
    }

    private static Agreement agreement(Registry registry, String id) {
        return registry.agreements().stream()
                .filter(found -> found.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void order(String action, String kind, String id, String... values) {
        DraftEdit.Outcome outcome = DraftEdit.apply(draft, given(action, kind, id, values), NOW);
        assertThat(outcome).isInstanceOf(DraftEdit.Outcome.Edited.class);
        draft = ((DraftEdit.Outcome.Edited) outcome).octets();
    }

    private static DraftOrder given(String action, String kind, String id, String... values) {
        Map<String, List<String>> said = new LinkedHashMap<>();
        for (String value : values) {
            int equals = value.indexOf('=');
            said.computeIfAbsent(value.substring(0, equals), name -> new ArrayList<>())
                    .add(value.substring(equals + 1));
        }
        return new DraftOrder(
                DraftOrder.Action.valueOf(action.toUpperCase(java.util.Locale.ROOT)),
                DraftKind.named(kind).orElseThrow(),
                id,
                said);
    }

    private Registry registry() {
        DraftExamination examined = XML.examineDraft(draft);
        assertThat(examined.problems()).isEmpty();
        return examined.registry().orElseThrow();
    }

    private Path pem(String name, X509Certificate certificate) throws Exception {
        return Files.write(directory.resolve(name), Pem.certificates(List.of(certificate)));
    }
}
