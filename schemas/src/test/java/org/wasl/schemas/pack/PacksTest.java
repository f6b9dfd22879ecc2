package org.wasl.schemas.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.schemas.SchemaCatalogue;

class PacksTest {

    private static final String SCHEMA = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:trade="urn:wasl:trade:1" xmlns:common="urn:wasl:common:1" targetNamespace="urn:wasl:trade:1" elementFormDefault="qualified" version="1.0">
              <xs:import namespace="urn:wasl:common:1" schemaLocation="common-1.0.xsd"/>
              <xs:element name="company" type="common:Code"/>
            </xs:schema>
            """;

    @TempDir
    private Path directory;

    private void file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void of_whenAFolderIsAPack_findsItsFilesByListing() throws Exception {
        file("README.md", "beside the packs");
        file("trade/registry.xml", "<registry/>");
        file("trade/schemas/trade-1.0.xsd", SCHEMA);
        file("trade/connectors/company.yaml", "connector: x");
        file("trade/connectors/company.xsl", "<x/>");
        file("other-1/composites/check.yaml", "service: x");
        Packs packs = Packs.of(directory);
        assertThat(packs.all()).extracting(Pack::code).containsExactly("other-1", "trade");
        Pack trade = packs.all().get(1);
        assertThat(trade.names(Pack.CONNECTORS, ".yaml")).containsExactly("connectors/company.yaml");
        assertThat(trade.text(Pack.REGISTRY)).hasValue("<registry/>");
        assertThat(trade.text("purposes.properties")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trade/conectors/x.yaml|a pack has no folder of this name; known are backend, composites, connectors",
                "trade/readme.txt|beside its folders a pack may hold",
                "trade/connectors/x.class|in 'connectors' stand files of plain names that end with .wsdl, .xsl, .yaml",
                "Trade/registry.xml|a pack's folder is named by small letters, digits and '-'",
                "trade/connectors/deep/x.yaml|a pack's folders hold no folders",
            })
    void of_whenAFileHasNoPlace_namesItAndSaysWhy(String name, String problem) throws Exception {
        file(name, "x");
        InvalidPackException refused = catchThrowableOfType(InvalidPackException.class, () -> Packs.of(directory));
        assertThat(refused.problems()).singleElement().asString().contains(name).contains(problem);
    }

    @Test
    void and_whenBothHaveACode_isRefused() throws Exception {
        file("trade/registry.xml", "<registry/>");
        Packs packs = Packs.of(directory);
        InvalidPackException refused = catchThrowableOfType(InvalidPackException.class, () -> packs.and(packs));
        assertThat(refused.problems()).containsExactly("trade: another pack has this code already");
    }

    @Test
    void load_whenAPackBringsASchema_isInTheCatalogueAndMayBeCarried() throws Exception {
        file("trade/schemas/trade-1.0.xsd", SCHEMA);
        SchemaCatalogue catalogue = SchemaCatalogue.load(Packs.of(directory));
        catalogue.compileAll();
        assertThat(catalogue.find("urn:wasl:trade:1", "1.0")).isPresent();
        assertThat(catalogue.prefixes()).containsEntry("trade", "urn:wasl:trade:1");
    }

    @Test
    void load_whenAPacksSchemaIsNoneOrThereAlready_namesIt() throws Exception {
        file("trade/schemas/trade-1.0.xsd", SCHEMA.replace("urn:wasl:trade:1", "urn:other"));
        file("trade/schemas/civil-1.0.xsd", SCHEMA.replace("trade:1", "civil:1").replace("trade", "civil"));
        InvalidPackException refused =
                catchThrowableOfType(InvalidPackException.class, () -> SchemaCatalogue.load(Packs.of(directory)));
        assertThat(refused.problems())
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("trade/schemas/civil-1.0.xsd: another schema has this name and version"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("trade/schemas/trade-1.0.xsd:")
                        .contains("another namespace or version than its name says"));
    }
}
