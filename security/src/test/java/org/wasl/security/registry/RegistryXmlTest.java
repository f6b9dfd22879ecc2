package org.wasl.security.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.TrustFiles;

class RegistryXmlTest {

    private static final RegistryXml XML = new RegistryXml(SchemaCatalogue.load());

    @TempDir
    private static Path data;

    private static String published;

    @BeforeAll
    static void publish() throws Exception {
        TrustFiles files = new TrustFiles(data);
        new DemoAuthority(files, XML, DemoAuthority.EXAMPLE_PUBLICATION, Clock.systemUTC())
                .establish(DemoRegistry.draft());
        published = Files.readString(files.registry().resolve("registry.xml"), StandardCharsets.UTF_8);
    }

    @Test
    void read_whenPublished_givesWhatTheDraftSaid() {
        Registry registry = readable(published);

        assertThat(registry.instance()).isEqualTo("JO");
        assertThat(registry.version()).isEqualTo(1);
        assertThat(registry.members())
                .extracting(member -> member.id().member())
                .containsExactly("CSPD", "DVLD", "MOJ", "PORTAL", "PTAX");
        Service service = registry.service(ServiceId.parse("JO/GOV/DVLD/vehicles/vehicle-record/v1"))
                .orElseThrow();
        assertThat(service.name().arabic()).isEqualTo("سجل مركبة");
        assertThat(service.namespace()).isEqualTo("urn:wasl:traffic:1");
        assertThat(service.methods()).containsExactlyInAnyOrder("GET", "POST");
        assertThat(service.parameters()).extracting(Parameter::name).containsExactly("plateCode", "plateNumber");
        assertThat(service.parameters()).extracting(Parameter::subject).containsExactly(false, true);
        assertThat(service.parameters().get(0).pattern().matcher("1234").matches())
                .isFalse();
        List<Agreement> agreements = registry.agreements(
                SubsystemId.parse("JO/GOV/DVLD/licensing"),
                ServiceId.parse("JO/GOV/PTAX/property/property-account/v1"));
        assertThat(agreements).singleElement().satisfies(agreement -> {
            assertThat(agreement.purposes()).containsOnlyKeys("LICENSING");
            assertThat(agreement.actors())
                    .extracting(ActorRule::kind)
                    .containsExactlyInAnyOrder(ActorKind.OFFICER, ActorKind.SYSTEM);
            assertThat(agreement.released()).containsExactly("accounts/totalDue", "accounts/clearance/eligible");
            assertThat(agreement.quota().perMinute()).isEqualTo(OptionalInt.of(600));
        });
        assertThat(registry.member(MemberId.parse("JO/GOV/PTAX")).orElseThrow().certificates())
                .extracting(RegisteredCertificate::use)
                .containsExactlyInAnyOrder(CertificateUse.MESSAGE, CertificateUse.TLS, CertificateUse.ENCRYPTION);
    }

    @Test
    void write_whenReadBack_givesTheSameOctets() throws Exception {
        assertThat(new String(RegistryXml.write(readable(published)), StandardCharsets.UTF_8))
                .isEqualTo(published);
    }

    @Test
    void readDraft_whenTwoAgreementsHaveOneId_saysWhich() {
        String draft = new String(DemoRegistry.draft(), StandardCharsets.UTF_8);
        int from = draft.indexOf("<agreement ");
        int end = draft.indexOf("</agreement>", from) + "</agreement>".length();
        String twice = draft.substring(0, end) + draft.substring(from, end) + draft.substring(end);
        String id = draft.substring(
                draft.indexOf(" id=\"", from) + 5, draft.indexOf('"', draft.indexOf(" id=\"", from) + 5));

        Fault fault = refused(XML.readDraft(twice.getBytes(StandardCharsets.UTF_8)));

        assertThat(fault.detail()).contains("the registry has agreement " + id + " twice");
    }

    /** As large as may be, and one octet more. */
    @Test
    void readDraft_whenItIsAsLargeAsMayBe_isReadAndNoLarger() {
        byte[] largest = padded(RegistryXml.MAX_OCTETS);
        assertThat(XML.readDraft(largest)).isInstanceOf(RegistryReading.Readable.class);

        Fault fault = refused(XML.readDraft(Arrays.copyOf(largest, largest.length + 1)));

        assertThat(fault.detail()).contains("the document has more than " + RegistryXml.MAX_OCTETS + " octets");
    }

    /** The samples' draft with blanks before its agreements; in octets alone, since it takes much of a test's memory. */
    private static byte[] padded(int octets) {
        String[] pieces =
                new String(DemoRegistry.draft(), StandardCharsets.UTF_8).strip().split("(?=<agreement )", -1);
        ByteBuffer padded = ByteBuffer.allocate(octets);
        int text = 0;
        for (String piece : pieces) {
            text += piece.getBytes(StandardCharsets.UTF_8).length;
        }
        int missing = octets - text;
        for (int place = 0; place < pieces.length; place++) {
            padded.put(pieces[place].getBytes(StandardCharsets.UTF_8));
            int gaps = pieces.length - 1 - place;
            int share = gaps == 0 ? 0 : missing / gaps;
            Arrays.fill(padded.array(), padded.position(), padded.position() + share, (byte) ' ');
            padded.position(padded.position() + share);
            missing -= share;
        }
        return padded.array();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "consumer=\"JO/GOV/PORTAL/web\" | consumer=\"JO/GOV/PORTAL/nobody\" | unknown consumer",
                "service=\"JO/GOV/CSPD/registry/life-status/v1\" | service=\"JO/GOV/CSPD/registry/life-status/v2\" | unknown service",
                "pattern=\"[0-9]{10}\" | pattern=\"([0-9]+)+\" | a repeated group",
                "pattern=\"[0-9]{10}\" | pattern=\"[0-9\" | pattern is not accepted",
                "validTo=\"2036-01-01T00:00:00.000Z\" | validTo=\"2025-01-01T00:00:00.000Z\" | ends before it begins",
                "path=\"fines/openCount\" | path=\"other/openCount\" | from 2 roots",
                "path=\"fines/openCount\" | path=\"fines/openCounts\" | releases fines/openCounts, which traffic-1.0.xsd",
                "path=\"vehicle/owner/share\" | path=\"vehicle/owner/share/numerator/x\" | does not know",
                "code=\"web\" | code=\"composer\" | subsystem JO/GOV/PORTAL/composer twice",
                "code=\"attachments\" version=\"1\" | code=\"conviction-status\" version=\"1\" | twice",
                "name=\"plateCode\" | name=\"plateNumber\" | parameter plateNumber twice",
                "instance=\"JO\" | instance=\"QA\" | another instance",
                "id=\"JO/GOV/MOJ\" | id=\"JO/GOV/-MOJ\" | begin and end",
                "<name lang=\"ar\">وزارة العدل</name> | <name lang=\"en\">Twice</name> | Arabic",
                "version=\"1\" issued | version=\"99999999999999999999\" issued | out of range",
                "perMinute=\"600\" | perMinute=\"99999999999\" | above the most allowed",
                "expires=\"2026-01-02T00:00:00.000Z\" | expires=\"2026-01-01T00:00:00.000Z\" | expires before",
                "expires=\"2026-01-02T00:00:00.000Z\" | expires=\"tomorrow\" | expires",
                "<actor kind=\"SYSTEM\"/> | <actor kind=\"ROBOT\"/> | actor",
                "</registry> | <extra/></registry> | registry"
            })
    void readDraft_whenItBreaksARule_saysWhich(String right, String wrong, String reason) {
        String draft = new String(DemoRegistry.draft(), StandardCharsets.UTF_8);
        assertThat(draft).contains(right);

        Fault fault = refused(XML.readDraft(draft.replace(right, wrong).getBytes(StandardCharsets.UTF_8)));

        assertThat(fault.code()).isEqualTo(FaultCode.REGISTRY_INVALID);
        assertThat(fault.detail()).contains(reason);
    }

    /** The sample's property accounts, as if they came as a scan. */
    private static String scanned(String more, String released) {
        return new String(DemoRegistry.draft(), StandardCharsets.UTF_8)
                .replace("namespace=\"urn:wasl:property:1\"", "namespace=\"" + Service.DOCUMENTS + "\" " + more)
                .replaceAll("(<release path=\"accounts[^\"]*\"/>\\s*)+", "<release path=\"" + released + "\"/>");
    }

    @Test
    void readDraft_whenAServiceGivesDocuments_isReleasedAsAWhole() {
        RegistryReading reading = XML.readDraft(scanned("", "document").getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(RegistryReading.Readable.class);
    }

    @Test
    void readDraft_whenDocumentsAreCutEncryptedOrOwned_saysSo() {
        assertDocumentsRefused("", "accounts/totalDue", "must release exactly document of JO/GOV/PTAX");
        assertDocumentsRefused("", "document/page", "must release exactly document of JO/GOV/PTAX");
        assertDocumentsRefused("confidential=\"true\"", "document", "cannot be encrypted");
        assertDocumentsRefused("ownerField=\"a/b\"", "document", "gives documents, in which no owner can be found");
    }

    private static void assertDocumentsRefused(String more, String released, String reason) {
        Fault fault = refused(XML.readDraft(scanned(more, released).getBytes(StandardCharsets.UTF_8)));
        assertThat(fault.code()).isEqualTo(FaultCode.REGISTRY_INVALID);
        assertThat(fault.detail()).contains(reason);
    }

    @Test
    void read_whenACertificateIsAnotherMembers_saysSo() {
        String cspd = certificate("JO/GOV/CSPD");
        String dvld = certificate("JO/GOV/DVLD");

        Fault fault = refused(read(published.replace(cspd, dvld)));

        assertThat(fault.detail()).contains("JO/GOV/CSPD").contains("names another organisation");
        assertThat(fault.detail()).contains("one key is registered for");
    }

    /** Found by the fuzzer. */
    @Test
    void read_whenACertificatesNameIsNoText_saysWhose() {
        String genuine = certificate("JO/GOV/CSPD");
        String octets = new String(Base64.getMimeDecoder().decode(genuine), StandardCharsets.ISO_8859_1);
        int name = octets.lastIndexOf("JO/GOV/CSPD");
        String broken = octets.substring(0, name) + '\u00FF' + octets.substring(name + 1);

        Fault fault = refused(read(published.replace(
                genuine, Base64.getEncoder().encodeToString(broken.getBytes(StandardCharsets.ISO_8859_1)))));

        assertThat(fault.detail()).contains("JO/GOV/CSPD").contains("names another organisation");
    }

    @Test
    void read_whenACertificateIsNotOne_saysWhose() {
        Fault fault = refused(read(published.replace(certificate("JO/GOV/CSPD"), "bm90IGEgY2VydGlmaWNhdGU=")));

        assertThat(fault.detail()).contains("certificate of JO/GOV/CSPD").contains("cannot be parsed");
    }

    @Test
    void read_whenAnAuthorityIsNotOne_saysSo() {
        int begin = published.indexOf("<certificateAuthority");
        int content = published.indexOf('>', begin) + 1;
        String authority = published.substring(content, published.indexOf('<', content));

        Fault fault = refused(read(published.replace(authority, certificate("JO/GOV/CSPD"))));

        assertThat(fault.detail()).contains("is not an authority's certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<registry", "<a xmlns='urn:wasl:fault:1'/>", "<!DOCTYPE registry><registry/>"})
    void read_whenItIsNotARegistry_refuses(String text) {
        assertThat(refused(read(text)).code()).isEqualTo(FaultCode.REGISTRY_INVALID);
    }

    @Test
    void read_whenPublishedWithAComment_refuses() {
        assertThat(refused(read(published.replace("</registry>", "<!-- x --></registry>")))
                        .code())
                .isEqualTo(FaultCode.REGISTRY_INVALID);
    }

    private static String certificate(String member) {
        int begin = published.indexOf("<certificate ", published.indexOf("id=\"" + member + "\""));
        int content = published.indexOf('>', begin) + 1;
        return published.substring(content, published.indexOf('<', content));
    }

    private static RegistryReading read(String text) {
        return XML.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Registry readable(String text) {
        RegistryReading reading = read(text);
        assertThat(reading).isInstanceOf(RegistryReading.Readable.class);
        return ((RegistryReading.Readable) reading).registry();
    }

    private static Fault refused(RegistryReading reading) {
        assertThat(reading).isInstanceOf(RegistryReading.Refused.class);
        return ((RegistryReading.Refused) reading).fault();
    }
}
