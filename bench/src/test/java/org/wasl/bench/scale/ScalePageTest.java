package org.wasl.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wasl.bench.report.Json;
import org.wasl.bench.report.Report;

class ScalePageTest {

    private static final Path DOCS = Path.of(System.getProperty("wasl.root")).resolve("docs");

    private static Report report() throws IOException {
        return Json.read(DOCS.resolve("performance").resolve("figures.json"), Report.class);
    }

    /** Nobody edits the page: it is what its figures, its template and its seed give. */
    @Test
    void page_ofTheProject_isWhatItsFiguresGive() throws IOException {
        ScalePage page = ScalePage.of(report(), 4, 2026).orElseThrow();

        assertThat(Files.readString(DOCS.resolve("scale.md")))
                .isEqualTo(
                        page.render(Files.readString(DOCS.resolve("performance").resolve("scale.md"))));
    }

    @Test
    void render_ofAPartThatThereIsNot_isRefused() throws IOException {
        ScalePage page = ScalePage.of(report(), 0.01, 1).orElseThrow();

        assertThatThrownBy(() -> page.render("{{nothing}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing");
    }

    @Test
    void of_aReportThatLacksAFigure_isEmpty() throws IOException {
        Report whole = report();
        Report bare = new Report(
                Report.FORMAT,
                whole.began(),
                whole.tookSeconds(),
                whole.machine(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of());

        assertThat(ScalePage.of(bare, 1, 1)).isEmpty();
    }
}
