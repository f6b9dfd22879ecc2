package org.wasl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.bench.load.LoadResult;

class PageTest {

    private static final Path DOCS = Path.of(System.getProperty("wasl.root"), "docs");

    private final SampleReport sample = new SampleReport();

    private Page page() {
        return new Page(sample.report(), "performance/");
    }

    @Test
    void render_ofTheProjectsTemplate_fillsEveryPart() throws IOException {
        String page = page().render(Files.readString(DOCS.resolve("performance/template.md")));
        assertThat(page)
                .doesNotContain("{{")
                .contains(
                        "| signed, logged exchanges | at least 1,500 a second for 5 minutes | 1,700 a second for 300 s")
                .contains("| `cxf-tuned` | 64 callers | 300 | 4,800 | 30.0 | 6.00× | 5.33× | 60 |")
                .contains("![Exchanges over size of the payload, a record](performance/curve-payload.svg)")
                .contains("| **an exchange, at full load** | `exchange` |  | 1.63× | **910** |")
                .contains("Nothing failed");
    }

    @Test
    void render_whenAnOperationFailed_saysSo() {
        sample.results.add(LoadResult.failed(sample.results.get(0).job(), "it broke"));
        assertThat(page().render("{{failures}}\n")).contains("limits/raw-sign came to nothing: it broke");
    }

    @Test
    void render_whenTheTemplateNamesAnUnknownPart_isRefused() {
        assertThatThrownBy(() -> page().render("{{gaols}}\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gaols");
    }

    @Test
    void render_whenCostGrowsFasterThanWhatGrows_flagsIt() {
        sample.curve(Parts.CURVE_MEMBERS, 5, 900, 50, 90_000);
        assertThat(page().render("{{curves}}\n")).contains("worse than linear", "up to 50 members");
    }

    @Test
    void plots_areWellFormedAndReadableInTheDark() throws XMLStreamException {
        Map<String, String> plots = page().plots();
        assertThat(plots).containsOnlyKeys("curve-callers.svg", "curve-log.svg", "curve-payload.svg");
        for (String plot : plots.values()) {
            XMLStreamReader reader = XMLInputFactory.newFactory().createXMLStreamReader(new StringReader(plot));
            int lines = 0;
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.START_ELEMENT
                        && reader.getLocalName().equals("polyline")) {
                    lines++;
                    assertThat(reader.getAttributeValue(null, "points")).matches("[\\d.,]+ [\\d.,]+");
                }
            }
            assertThat(lines).isEqualTo(4);
            assertThat(plot).contains("prefers-color-scheme:dark").doesNotContain("NaN", "Infinity");
        }
    }

    @Test
    void shortened_ofWhatStandsUnderAxes_isShort() {
        assertThat(SvgPlot.shortened(10_000_000)).isEqualTo("10M");
        assertThat(SvgPlot.shortened(2_500)).isEqualTo("2.5k");
        assertThat(SvgPlot.shortened(0.05)).isEqualTo("0.05");
        assertThat(SvgPlot.shortened(100)).isEqualTo("100");
    }

    @Test
    void read_ofAWrittenReport_isTheSame(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("figures.json");
        Json.write(file, sample.report());
        assertThat(Json.read(file, Report.class)).isEqualTo(sample.report());
    }

    /** Nobody edits the page: it is what its figures and its template give. */
    @Test
    void page_ofTheProject_isWhatItsFiguresGive() throws IOException {
        Path figures = DOCS.resolve("performance/figures.json");
        Assumptions.assumeTrue(Files.isReadable(figures), "skipped: docs/performance/figures.json is not there yet");
        Page page = new Page(Json.read(figures, Report.class), "performance/");
        assertThat(Files.readString(DOCS.resolve("performance.md")))
                .isEqualTo(page.render(Files.readString(DOCS.resolve("performance/template.md"))));
        for (Map.Entry<String, String> plot : page.plots().entrySet()) {
            assertThat(Files.readString(DOCS.resolve("performance").resolve(plot.getKey())))
                    .isEqualTo(plot.getValue());
        }
    }
}
