package org.wasl.security.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistryXml;

class DraftMergeTest {

    private static final String HEAD = "<registry xmlns=\"urn:wasl:registry:1\" instance=\"JO\" version=\"1\""
            + " issued=\"2026-01-01T00:00:00.000Z\" expires=\"2026-01-02T00:00:00.000Z\">";
    private static final String NAMES = "<name lang=\"ar\">جهة</name><name lang=\"en\">Body</name>";

    private static final String PART = HEAD + """
            <member id="JO/GOV/NEW">%1$s<node id="node-1"/><subsystem code="s">%1$s</subsystem></member>
            <member id="JO/GOV/CSPD">%1$s<subsystem code="registry">%1$s
              <service code="life-status" version="1" namespace="urn:wasl:traffic:1" schemaVersion="1.0">%1$s</service>
              <service code="life-status" version="2" namespace="urn:wasl:civil:1" schemaVersion="1.1">%1$s</service>
            </subsystem></member>
            <agreement id="new" consumer="JO/GOV/NEW/s" service="JO/GOV/CSPD/registry/life-status/v2" validFrom="2026-01-01T00:00:00.000Z" validTo="2036-01-01T00:00:00.000Z">
              <purpose code="P" legalBasis="L"/><actor kind="OFFICER"/><release path="lifeStatus/status"/>
            </agreement></registry>""".formatted(NAMES);

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] added(byte[] draft, String part) {
        DraftEdit.Outcome outcome = DraftMerge.add(draft, octets(part));
        assertThat(outcome).isInstanceOf(DraftEdit.Outcome.Edited.class);
        return ((DraftEdit.Outcome.Edited) outcome).octets();
    }

    private static String refusal(String part) {
        DraftEdit.Outcome outcome = DraftMerge.add(DemoRegistry.draft(), octets(part));
        assertThat(outcome).isInstanceOf(DraftEdit.Outcome.Refused.class);
        return ((DraftEdit.Outcome.Refused) outcome).reason();
    }

    @Test
    void add_whenThePartIsNew_addsItAndLeavesTheRest() {
        byte[] merged = added(DemoRegistry.draft(), PART);
        RegistryReading reading = new RegistryXml(SchemaCatalogue.load()).readDraft(merged);
        assertThat(reading).isInstanceOf(RegistryReading.Readable.class);
        Registry registry = ((RegistryReading.Readable) reading).registry();
        assertThat(registry.member(MemberId.parse("JO/GOV/NEW"))).isPresent();
        assertThat(registry.service(ServiceId.parse("JO/GOV/CSPD/registry/life-status/v2")))
                .isPresent();
        // What was there stays as it was.
        assertThat(registry.service(ServiceId.parse("JO/GOV/CSPD/registry/life-status/v1"))
                        .orElseThrow()
                        .namespace())
                .isEqualTo("urn:wasl:civil:1");
    }

    @Test
    void add_whenItIsThereAlready_changesNothing() {
        byte[] once = added(DemoRegistry.draft(), PART);
        assertThat(added(once, PART)).isEqualTo(once);
    }

    @Test
    void add_whenThePartWouldSayWhoIsTrusted_isRefused() {
        assertThat(refusal(HEAD + "<identityIssuer uri=\"https://evil.example/\"/></registry>"))
                .contains("who is trusted is the authority's to say");
        assertThat(refusal(PART.replace("instance=\"JO\"", "instance=\"XX\""))).contains("instance XX");
        assertThat(refusal("<registry/>")).contains("is no registry");
        assertThat(refusal("<!DOCTYPE x><x/>")).contains("cannot be read");
    }
}
