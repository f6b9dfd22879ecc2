package org.wasl.faults.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run's report as programs read it. */
public final class ReportJson {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private ReportJson() {}

    /** The whole report. */
    public static String of(RunReport report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("seed", report.seed());
        document.put("site", report.site());
        document.put("good", report.good());
        document.put("facts", report.facts());
        document.put("counts", report.counts());
        document.put("promises", report.standings());
        document.put("broken", report.broken());
        document.put("failures", report.failures());
        document.put("notTried", report.notRun());
        document.put("faults", report.episodes());
        try {
            return JSON.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a report is always JSON", impossible);
        }
    }
}
