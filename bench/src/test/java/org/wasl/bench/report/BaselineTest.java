package org.wasl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {

    private final Baseline baseline = Baseline.of(new SampleReport().report());

    private static Report withExchange(double perSecond, double cpu) {
        SampleReport sample = new SampleReport();
        sample.results.removeIf(result -> result.job().workload().equals("exchange"));
        sample.add(Parts.PEERS, "exchange", Map.of(), SampleReport.closed(Parts.MANY, 64, perSecond, cpu));
        return sample.report();
    }

    private List<String> regressions(Report report) {
        return baseline.judge(report).stream()
                .filter(Baseline.Judgement::isRegression)
                .map(judgement -> judgement.before().name())
                .toList();
    }

    @Test
    void of_aReport_holdsTheRatiosToWhatWasMeasuredInTheSameRun() {
        assertThat(baseline.ratios())
                .extracting(Baseline.Ratio::name)
                .containsExactly(
                        "exchange CPU to floor CPU",
                        "exchange rate to floor rate",
                        "exchange CPU to its raw signatures and verifications",
                        "exchange CPU to the sum of its unavoidable parts",
                        "leaf in a log to raw signatures and verifications");
        assertThat(baseline.ratios().get(0).value()).isEqualTo(900.0 / 480);
        assertThat(baseline.ratios().get(2).value()).isEqualTo(900.0 / 160);
    }

    @Test
    void judge_ofTheSameFigures_findsNothing() {
        assertThat(regressions(withExchange(1_800, 900))).isEmpty();
    }

    @Test
    void judge_whenCpuRisesBeyondItsTolerance_isARegression() {
        assertThat(regressions(withExchange(1_800, 1_050))).isEmpty();
        assertThat(regressions(withExchange(1_800, 1_100)))
                .contains("exchange CPU to floor CPU", "exchange CPU to the sum of its unavoidable parts");
    }

    @Test
    void judge_whenTheRateFallsBeyondItsTolerance_isARegression() {
        assertThat(regressions(withExchange(1_300, 900))).containsExactly("exchange rate to floor rate");
    }

    @Test
    void judge_whenTheWholeMachineIsSlower_findsNothing() {
        SampleReport slow = new SampleReport();
        slow.results.clear();
        for (String limit :
                List.of("raw-sign:40", "raw-verify:120", "raw-parse:40", "raw-queue:200", "log-append:80")) {
            String[] parts = limit.split(":", 2);
            slow.limit(parts[0], Double.parseDouble(parts[1]));
        }
        slow.add(Parts.PEERS, "floor", Map.of(), SampleReport.closed(Parts.MANY, 64, 1_500, 960));
        slow.add(Parts.PEERS, "exchange", Map.of(), SampleReport.closed(Parts.MANY, 64, 900, 1_800));
        assertThat(regressions(slow.report())).isEmpty();
    }

    @Test
    void judge_whenSomethingIsNotMeasuredAnyMore_isARegression() {
        SampleReport without = new SampleReport();
        without.results.removeIf(result -> result.job().workload().equals("floor"));
        assertThat(regressions(without.report()))
                .containsExactly("exchange CPU to floor CPU", "exchange rate to floor rate");
    }

    @Test
    void read_ofWhatWasWritten_isTheSame(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("baseline.json");
        Json.write(file, baseline);
        assertThat(Json.read(file, Baseline.class)).isEqualTo(baseline);
    }
}
