package org.wasl.security.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.registry.RegistryChange.Kind;

class RegistryComparisonTest {

    private static final RegistryXml XML = new RegistryXml(SchemaCatalogue.load());
    private static final String DRAFT = new String(DemoRegistry.draft(), StandardCharsets.UTF_8);

    @Test
    void changes_whenOnlyFormAndTermsDiffer_areNone() throws Exception {
        Registry one = read(DRAFT);
        Registry other = read(
                DRAFT.replace("version=\"1\" issued", "version=\"2\" issued").replace("\n  ", "\n\t"));

        assertThat(RegistryComparison.changes(one, other, false)).isEmpty();
        assertThat(RegistryComparison.changes(one, other, true))
                .containsExactly(new RegistryChange(Kind.CHANGED, "registry", "", "", "version", "1", "2"));
    }

    @Test
    void changes_whenAnAttributeOfAServiceChanges_nameTheService() throws Exception {
        String changed = DRAFT.replace(
                "<service code=\"life-status\" version=\"1\" namespace=\"urn:wasl:civil:1\" schemaVersion=\"1.1\"",
                "<service code=\"life-status\" version=\"1\" namespace=\"urn:wasl:civil:1\" schemaVersion=\"1.0\"");
        assertThat(changed).isNotEqualTo(DRAFT);

        assertThat(RegistryComparison.changes(read(DRAFT), read(changed), false))
                .containsExactly(new RegistryChange(
                        Kind.CHANGED,
                        "service",
                        "JO/GOV/CSPD/registry/life-status/v1",
                        "JO/GOV/CSPD/registry",
                        "schemaVersion",
                        "1.1",
                        "1.0"));
    }

    @Test
    void changes_whenAFieldIsReleasedNoMore_sayWhichAndWhere() throws Exception {
        String line = "    <release path=\"fines/openCount\"/>\n";
        int first = DRAFT.indexOf(line);
        String changed = DRAFT.substring(0, first) + DRAFT.substring(first + line.length());

        List<RegistryChange> changes = RegistryComparison.changes(read(DRAFT), read(changed), false);

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(Kind.REMOVED);
            assertThat(change.element()).isEqualTo("release");
            assertThat(change.id()).isEqualTo("fines/openCount");
            assertThat(DRAFT).contains("<agreement id=\"" + change.within() + "\"");
        });
    }

    @Test
    void changes_whenANameIsMended_showBoth() throws Exception {
        assertThat(RegistryComparison.changes(
                        read(DRAFT), read(DRAFT.replace("وزارة العدل", "وزارة العدل والسلم")), false))
                .containsExactly(new RegistryChange(
                        Kind.CHANGED, "name", "ar", "JO/GOV/MOJ", "text", "وزارة العدل", "وزارة العدل والسلم"));
    }

    private static Registry read(String text) {
        DraftExamination examined = XML.examineDraft(text.getBytes(StandardCharsets.UTF_8));
        assertThat(examined.problems()).isEmpty();
        return examined.registry().orElseThrow();
    }
}
