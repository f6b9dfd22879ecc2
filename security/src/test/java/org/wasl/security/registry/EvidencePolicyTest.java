package org.wasl.security.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.authority.CertificateAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.keys.KeyEntry;

class EvidencePolicyTest {

    private static final RegistryXml XML = new RegistryXml(SchemaCatalogue.load());
    private static final MemberId CSPD = MemberId.parse("JO/GOV/CSPD");
    private static final String VALID = "validFrom=\"2026-01-01T00:00:00.000Z\" validTo=\"2030-01-01T00:00:00.000Z\"";
    private static final Map<String, String> KEYS =
            Map.of("COURT", key("Ed25519"), "CSPD", key("Ed25519"), "DVLD", key("Ed25519"), "EC", key("EC"));

    private static final String DRAFT = draft();

    @Test
    void read_whenEvidenceIsAskedFor_givesIt() {
        Registry registry = readable(DRAFT);

        EvidencePolicy evidence = registry.evidence().orElseThrow();
        assertThat(evidence.witnessing())
                .contains(new EvidencePolicy.Witnessing(2, Duration.ofSeconds(10), Duration.ofMinutes(1)));
        assertThat(evidence.timeStamping())
                .contains(new EvidencePolicy.TimeStamping(
                        URI.create("http://127.0.0.1:9000/tsa"),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(10)));
        assertThat(evidence.witnesses())
                .extracting(EvidencePolicy.Witness::name)
                .containsExactly("court.example");
        assertThat(registry.service(ServiceId.parse("JO/GOV/CSPD/registry/life-status/v1")))
                .get()
                .extracting(Service::retention)
                .isEqualTo(Duration.ofDays(3650));
        assertThat(registry.agreements().get(0).embargo()).isEqualTo(Duration.ofDays(90));
        assertThat(registry.agreements().get(1).embargo()).isNull();
    }

    @Test
    void witnesses_areMembersAndOthers_withTheirParty() {
        List<RegisteredWitness> witnesses = readable(DRAFT).witnesses();

        assertThat(witnesses)
                .extracting(RegisteredWitness::party)
                .containsExactly("JO/GOV/CSPD", "JO/GOV/DVLD", "court.example");
        assertThat(witnesses).extracting(RegisteredWitness::member).contains(CSPD);
        assertThat(witnesses.get(2).address()).isEqualTo(URI.create("https://court.example/witness"));
        assertThat(witnesses.get(2).validAt(Instant.parse("2027-01-01T00:00:00Z")))
                .isTrue();
        assertThat(witnesses.get(2).validAt(Instant.parse("2030-01-01T00:00:00Z")))
                .isFalse();
    }

    @Test
    void validAt_whenCompromised_endsThere() {
        String compromised = DRAFT.replace(
                "<witness name=\"court.example\"",
                "<witness compromisedFrom=\"2027-06-01T00:00:00.000Z\" name=\"court.example\"");

        RegisteredWitness court = readable(compromised).witnesses().get(2);

        assertThat(court.validAt(Instant.parse("2027-05-31T23:59:59Z"))).isTrue();
        assertThat(court.validAt(Instant.parse("2027-06-01T00:00:00Z"))).isFalse();
    }

    @Test
    void write_whenReadBack_saysTheSame() throws Exception {
        byte[] written = RegistryXml.write(readable(DRAFT));

        assertThat(RegistryXml.write(readable(new String(written, StandardCharsets.UTF_8))))
                .isEqualTo(written);
        assertThat(new String(written, StandardCharsets.UTF_8))
                .contains("<witnessing quorum=\"2\" alarmAfter=\"PT10S\" refuseAfter=\"PT1M\"/>")
                .contains("address=\"http://127.0.0.1:9001\">")
                .contains("retention=\"PT87600H\"")
                .contains("embargo=\"PT2160H\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quorum=\"2\" | quorum=\"0\" | quorum",
                "refuseAfter=\"PT60S\" | refuseAfter=\"PT9S\" | witnessing refuses before anybody is told",
                "refuseAfter=\"PT10M\" | refuseAfter=\"PT59S\" | time-stamping refuses before anybody is told",
                "every=\"PT10S\" | every=\"PT61S\" | alarm before the next",
                "every=\"PT10S\" | every=\"PT0S\" | below the least allowed",
                "every=\"PT10S\" | every=\"P31D\" | above the most allowed",
                "every=\"PT10S\" | every=\"P1Y\" | every",
                "every=\"PT10S\" | every=\"-PT10S\" | every",
                "retention=\"P3650D\" | retention=\"P40000D\" | retention",
                "embargo=\"P90D\" | embargo=\"PT0S\" | embargo",
                "http://127.0.0.1:9000/tsa | ftp://127.0.0.1/tsa | address",
                "http://127.0.0.1:9000/tsa | http://me:pass@127.0.0.1/tsa | address",
                "http://127.0.0.1:9000/tsa | http://127.0.0.1/tsa?x | address",
                "http://127.0.0.1:9000/tsa | http://127.0.0.1:99999/tsa | not plain http",
                "https://court.example/witness | https://court.example/w#x | address",
                "https://court.example/witness | http:///nowhere | not plain http",
                "http://127.0.0.1:9001 | file:///etc/passwd | address",
                "<witness name=\"court.example\" | <witness name=\"JO/GOV/CSPD/witness\" | is that of JO/GOV/CSPD and of",
                "name=\"JO/GOV/DVLD/witness\" | name=\"JO/GOV/CSPD/witness\" | is that of JO/GOV/CSPD and of JO/GOV/DVLD",
                "name=\"JO/GOV/DVLD\" | name=\"JO/GOV/CSPD\" | is that of JO/GOV/CSPD and of JO/GOV/DVLD",
                "use=\"WITNESS\" name=\"JO/GOV/DVLD/witness\" | use=\"CHECKPOINT\" name=\"JO/GOV/DVLD/w\" | only a witness has",
                "{COURT} | {EC} | is not an Ed25519 key",
                "{COURT} | {CSPD} | one note key is registered for",
                "{COURT} | AAAA | witness court.example",
                "2030-01-01T00:00:00.000Z\">{COURT} | 2025-01-01T00:00:00.000Z\">{COURT} | court.example ends before"
            })
    void readDraft_whenItBreaksARule_saysWhich(String right, String wrong, String reason) {
        String from = filled(right);
        assertThat(DRAFT).contains(from);

        RegistryReading reading =
                XML.readDraft(DRAFT.replace(from, filled(wrong)).getBytes(StandardCharsets.UTF_8));

        assertThat(reading).isInstanceOf(RegistryReading.Refused.class);
        assertThat(((RegistryReading.Refused) reading).fault().detail()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "quorum=\"2\", quorum=\"4\", asks for 4 witnesses of 3",
        "use=\"TIMESTAMP\", use=\"MESSAGE\", no TIMESTAMP authority"
    })
    void read_whenSomethingIsMissing_refusesWhatADraftMayStillLack(String right, String wrong, String reason)
            throws Exception {
        byte[] published = RegistryXml.write(readable(DRAFT.replace(right, wrong)));

        RegistryReading reading = XML.read(published);

        assertThat(XML.read(RegistryXml.write(readable(DRAFT)))).isInstanceOf(RegistryReading.Readable.class);
        assertThat(reading).isInstanceOf(RegistryReading.Refused.class);
        assertThat(((RegistryReading.Refused) reading).fault().detail()).contains(reason);
    }

    @Test
    void changes_whenThePolicyChanges_nameWhatAndHow() throws Exception {
        Registry before = readable(DRAFT);
        Registry after = readable(DRAFT.replace("quorum=\"2\"", "quorum=\"1\"")
                .replace("https://court.example/witness", "https://court.example/w2")
                .replace("embargo=\"P90D\"", ""));

        assertThat(RegistryComparison.changes(before, after, false))
                .extracting(RegistryChange::element, RegistryChange::attribute, RegistryChange::after)
                .containsExactly(
                        tuple("witnessing", "quorum", "1"),
                        tuple("witness", "address", "https://court.example/w2"),
                        tuple("agreement", "embargo", ""));
    }

    private static Registry readable(String text) {
        DraftExamination examined = XML.examineDraft(text.getBytes(StandardCharsets.UTF_8));
        assertThat(examined.problems()).isEmpty();
        return examined.registry().orElseThrow();
    }

    private static String draft() {
        String draft = new String(DemoRegistry.draft(), StandardCharsets.UTF_8);
        draft = before(
                draft,
                "  <member ",
                "  <evidence>\n    <witnessing quorum=\"2\" alarmAfter=\"PT10S\" refuseAfter=\"PT60S\"/>\n"
                        + "    <timeStamping address=\"http://127.0.0.1:9000/tsa\" every=\"PT10S\" alarmAfter=\"PT60S\""
                        + " refuseAfter=\"PT10M\"/>\n    <witness name=\"court.example\""
                        + " address=\"https://court.example/witness\" " + VALID
                        + ">{COURT}</witness>\n  </evidence>\n");
        draft = before(draft, "  <evidence>", authority());
        draft = witness(draft, "CSPD", "9001");
        draft = witness(draft, "DVLD", "9002");
        draft = draft.replaceFirst("<agreement ", "<agreement embargo=\"P90D\" ")
                .replaceFirst("<service code=\"life-status\" ", "<service code=\"life-status\" retention=\"P3650D\" ");
        return filled(draft);
    }

    private static String witness(String draft, String member, String port) {
        int begin = draft.indexOf("<member id=\"JO/GOV/" + member + "\"");
        int place = draft.indexOf("    <subsystem ", begin);
        String checkpoint = Base64.getEncoder().encodeToString(bytes("Ed25519"));
        return draft.substring(0, place) + "    <noteKey use=\"CHECKPOINT\" name=\"JO/GOV/" + member + "\" " + VALID
                + ">" + checkpoint + "</noteKey>\n    <noteKey use=\"WITNESS\" name=\"JO/GOV/" + member + "/witness\" "
                + VALID + " address=\"http://127.0.0.1:" + port + "\">{" + member + "}</noteKey>\n"
                + draft.substring(place);
    }

    private static String before(String text, String place, String added) {
        int at = text.indexOf(place);
        return text.substring(0, at) + added + text.substring(at);
    }

    private static String authority() {
        try {
            KeyEntry root = CertificateAuthority.createRoot("JO", "JO time authority", Clock.systemUTC());
            return "  <certificateAuthority use=\"TIMESTAMP\">"
                    + Base64.getEncoder().encodeToString(root.certificate().getEncoded())
                    + "</certificateAuthority>\n";
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> key : KEYS.entrySet()) {
            filled = filled.replace("{" + key.getKey() + "}", key.getValue());
        }
        return filled;
    }

    private static String key(String algorithm) {
        return Base64.getEncoder().encodeToString(bytes(algorithm));
    }

    private static byte[] bytes(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm)
                    .generateKeyPair()
                    .getPublic()
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
