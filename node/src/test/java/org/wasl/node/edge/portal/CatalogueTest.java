package org.wasl.node.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.routes.composite.CompositeDeclarations;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.pack.Pack;
import org.wasl.schemas.pack.Packs;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistryXml;

class CatalogueTest {

    private static final Path ROOT = Path.of(System.getProperty("wasl.root"));
    private static final Path SAMPLES = ROOT.resolve("routes/src/main/resources/org/wasl/routes/composite/samples");
    private static final Path VOCABULARY = ROOT.resolve("../shared/corpora/core-vocabularies/models");

    /**
     * The corpus has no assembly of the vocabularies, nor the one of public organisations: the three names of it that CPSV-AP
     * uses are declared here, everything else is the corpus's own.
     */
    private static final String ASSEMBLY = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://data.europa.eu/m8g/xsd" targetNamespace="http://data.europa.eu/m8g/xsd" elementFormDefault="qualified">
              <xs:include schemaLocation="../CoreVoc_Business/CoreVoc_Business.xsd"/>
              <xs:include schemaLocation="../CoreVoc_CCCEV/CoreVoc_CCCEV.xsd"/>
              <xs:include schemaLocation="../CoreVoc_Person/CoreVoc_Person.xsd"/>
              <xs:include schemaLocation="../CoreVoc_Location/CoreVoc_Location.xsd"/>
              <xs:element name="PreferredLabel" type="TextType"/>
              <xs:complexType name="PublicOrganizationBaseType"><xs:sequence/></xs:complexType>
              <xs:complexType name="TemporalEntityType"><xs:sequence/></xs:complexType>
            </xs:schema>
            """;

    private static CatalogueView catalogue;

    @BeforeAll
    static void read() throws Exception {
        Packs packs = Packs.shipped();
        SchemaCatalogue schemas = SchemaCatalogue.load();
        Map<String, String> texts = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(SAMPLES)) {
            for (Path file : files.sorted().toList()) {
                texts.put(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        for (Pack pack : packs.all()) {
            pack.names(Pack.COMPOSITES, ".yaml")
                    .forEach(path -> texts.put(path, pack.text(path).orElseThrow()));
        }
        List<CompositeDeclaration> declarations = List.copyOf(
                CompositeDeclarations.read(texts, schemas.prefixes()).all());
        RegistryReading reading = new RegistryXml(schemas).readDraft(DemoRegistry.draft(packs));
        Registry registry = ((RegistryReading.Readable) reading).registry();
        catalogue = CatalogueView.of(declarations, registry);
    }

    @Test
    void catalogue_whenRead_tellsEverythingOfEveryService() {
        assertThat(catalogue.services()).hasSizeGreaterThanOrEqualTo(12).allSatisfy(service -> {
            assertThat(service.name()).containsOnlyKeys("ar", "en");
            assertThat(service.description()).containsOnlyKeys("ar", "en");
            assertThat(service.owner()).isNotNull();
            assertThat(service.automated()).hasSize(5);
            assertThat(service.priority()).hasSize(5);
            assertThat(service.serviceLevelSeconds()).isPositive();
            assertThat(service.visitsSaved())
                    .isEqualTo(service.sources().size())
                    .isPositive();
            assertThat(service.fees())
                    .allSatisfy(fee -> assertThat(fee.amount()).matches("[0-9]+\\.[0-9]{3}"));
        });
    }

    /** The README's table is this one; it is printed when it is not. */
    @Test
    void readme_whenReadNextToTheDeclarations_hasTheTableOfServices() throws IOException {
        String table = catalogue.services().stream()
                .map(CatalogueTest::row)
                .collect(Collectors.joining("\n", "| service | combines | fees | within |\n|---|---|---|---|\n", "\n"));
        assertThat(Files.readString(ROOT.resolve("README.md"), StandardCharsets.UTF_8))
                .as("the README must have this table:%n%s", table)
                .contains(table);
    }

    private static String row(CatalogueView.Entry service) {
        String sources = service.sources().stream()
                .map(source -> source.name().get("en"))
                .collect(Collectors.joining(", "));
        String fees = service.fees().stream()
                .map(fee -> fee.amount() + " " + fee.currency())
                .collect(Collectors.joining(" + "));
        Duration within = Duration.ofSeconds(java.util.Objects.requireNonNull(service.serviceLevelSeconds()));
        String level = within.toDays() > 0 ? within.toDays() + " d" : within.toMinutes() + " min";
        return "| `" + service.service() + "` " + service.name().get("ar") + " | " + sources + " | "
                + (fees.isEmpty() ? "none" : fees) + " | " + level + " |";
    }

    @Test
    void export_whenValidated_isOfTheEuropeanVocabulary() throws Exception {
        Assumptions.assumeTrue(
                Files.isDirectory(VOCABULARY), "CPSV-AP validation skipped: corpus core-vocabularies is absent");
        byte[] xml = CpsvXml.write(
                catalogue,
                new CatalogueView.Body("JO/GOV/PORTAL", Map.of("ar", "البوابة", "en", "Portal & more")),
                "http://localhost:8080");
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        DOMImplementationLS inputs =
                (DOMImplementationLS) HardenedXml.newDocument().getImplementation();
        factory.setResourceResolver((type, namespace, publicId, systemId, baseUri) -> {
            LSInput input = inputs.createLSInput();
            if (systemId != null && systemId.contains("CoreVoc_Assembly")) {
                input.setSystemId(VOCABULARY
                        .resolve("CoreVoc_Assembly/CoreVoc_Assembly.xsd")
                        .toUri()
                        .toString());
                input.setByteStream(new ByteArrayInputStream(ASSEMBLY.getBytes(StandardCharsets.UTF_8)));
                return input;
            }
            if (XMLConstants.XML_NS_URI.equals(namespace) && systemId == null) {
                input.setSystemId(file("xml.xsd").toUri().toString());
                input.setByteStream(open("xml.xsd"));
                return input;
            }
            return null;
        });
        factory.newSchema(new StreamSource(file("CoreVoc_CPSV-AP.xsd").toFile()))
                .newValidator()
                .validate(new StreamSource(new ByteArrayInputStream(xml)));
        assertThat(new String(xml, StandardCharsets.UTF_8)).contains("xml:lang=\"ar\"", "50.000", "PT5M");
    }

    private static Path file(String name) {
        try (Stream<Path> files = Files.walk(VOCABULARY)) {
            return files.filter(path -> path.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        try {
            return Files.newInputStream(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
