package org.wasl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wasl.bench.load.Scenario;
import org.wasl.bench.report.Goal.Verdict;

class GoalsTest {

    private final SampleReport sample = new SampleReport();

    private Goal goal(String what) {
        return Goals.of(sample.report()).stream()
                .filter(goal -> goal.what().contains(what))
                .findFirst()
                .orElseThrow();
    }

    private void replace(String group, String workload, org.wasl.bench.load.Measured... measured) {
        sample.results.removeIf(result -> result.job().group().equals(group));
        sample.add(group, workload, Map.of(), measured);
    }

    @Test
    void of_whenAllIsWell_areAllMet() {
        assertThat(Goals.of(sample.report())).hasSize(10).allMatch(goal -> goal.verdict() == Verdict.MET);
    }

    @Test
    void sustained_whenTheRunWasTooShort_isNotShown() {
        replace(
                Parts.EXCHANGE,
                "exchange",
                SampleReport.measured(Scenario.closed(Parts.SUSTAINED, 64, 2, 8), 1_700, 900, Map.of(), 0));
        assertThat(goal("signed, logged").verdict()).isEqualTo(Verdict.NOT_SHOWN);
    }

    @Test
    void sustained_whenOneOperationFailed_isNotMet() {
        replace(
                Parts.EXCHANGE,
                "exchange",
                SampleReport.measured(
                        Scenario.closed(Parts.SUSTAINED, 64, 2, 300), 1_700, 900, Map.of("refused", 1L), 0));
        assertThat(goal("signed, logged").verdict()).isEqualTo(Verdict.NOT_MET);
    }

    @Test
    void parts_whenAnExchangeTakesMoreThanTwice_isNotMetAndSaysByHowMuch() {
        // 2 x (20 + 60 + 20 + 100) + 4 x 40 = 560 µs
        replace(
                Parts.EXCHANGE,
                "exchange",
                SampleReport.measured(Scenario.closed(Parts.SUSTAINED, 64, 2, 300), 1_000, 1_400, Map.of(), 0));
        assertThat(goal("CPU per exchange"))
                .isEqualTo(new Goal(
                        "CPU per exchange",
                        "within 2× of the sum of its unavoidable parts",
                        "1,400 µs, 2.50× of 560 µs",
                        Verdict.NOT_MET));
    }

    @Test
    void lead_whenCpuLeadsByLess_isNotMet() {
        sample.add(Parts.PEERS, "plain", Map.of(), SampleReport.closed(Parts.MANY, 64, 100, 1_000));
        assertThat(goal("plain").verdict()).isEqualTo(Verdict.NOT_MET);
    }

    @Test
    void slowKeys_whenRunsTookTurns_areJudgedByTheMeansOfBoth() {
        assertThat(goal("HSM").measured()).isEqualTo("100 %, by CPU 100 %");

        sample.add(Parts.SLOW_KEYS, Parts.SHORT_TERM_KEYS, Map.of(), SampleReport.closed(Parts.MANY, 64, 1_100, 1_500));
        assertThat(goal("HSM").verdict()).isEqualTo(Verdict.NOT_MET);
    }

    @Test
    void flat_whenTheCurveEndsEarly_isNotShown() {
        sample.results.removeIf(result -> result.job().group().equals(Parts.CURVE_LOG));
        sample.curve(Parts.CURVE_LOG, 0, 900, 100_000, 900);
        assertThat(goal("ten million").verdict()).isEqualTo(Verdict.NOT_SHOWN);
    }

    @Test
    void of_whenNothingWasMeasured_showsNothing() {
        sample.results.clear();
        assertThat(Goals.of(sample.report()))
                .isNotEmpty()
                .allMatch(goal ->
                        goal.verdict() == Verdict.NOT_SHOWN && goal.measured().equals("not measured"));
    }
}
