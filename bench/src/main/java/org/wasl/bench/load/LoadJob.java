package org.wasl.bench.load;

import java.util.List;
import java.util.Map;

/**
 * What one process of its own measures: one workload, warmed up once, in one or several scenarios.
 *
 * @param group the part of the report that it belongs to
 * @param workload the workload's name
 * @param parameters how the workload is set up, where it can be
 * @param warmUpCallers by how many callers it is warmed up
 * @param warmUpCpuSeconds for how much CPU time of the process
 * @param warmUpLimitSeconds but for no longer than this
 */
public record LoadJob(
        String group,
        String workload,
        Map<String, String> parameters,
        int warmUpCallers,
        double warmUpCpuSeconds,
        double warmUpLimitSeconds,
        List<Scenario> scenarios) {

    private static final double START_SECONDS = 6;

    public LoadJob {
        parameters = Map.copyOf(parameters);
        scenarios = List.copyOf(scenarios);
    }

    /** How long it should take where all cores are to be had, start and end included. */
    public double expectedSeconds() {
        return START_SECONDS
                + LoadRun.expectedWarmUpSeconds(warmUpCpuSeconds, warmUpLimitSeconds)
                + scenarios.stream()
                        .mapToDouble(scenario -> scenario.settleSeconds() + scenario.windowSeconds())
                        .sum();
    }
}
