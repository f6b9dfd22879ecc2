package org.wasl.node.edge.portal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wasl.node.statistics.Cell;
import org.wasl.node.statistics.CountedRequests;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.security.registry.Label;

/**
 * Counts as a data set for anybody, described with words of DCAT.
 *
 * @param threshold the number of which every count is a multiple
 * @param total the sum of the rows
 */
@JsonPropertyOrder({"@context", "@type"})
record OpenDataView(
        @JsonProperty("@context") Map<String, String> context,
        @JsonProperty("@type") String type,
        @JsonProperty("dct:title") Map<String, String> title,
        @JsonProperty("dct:description") Map<String, String> description,
        @JsonProperty("dct:publisher") CatalogueView.Body publisher,
        @JsonProperty("dct:license") String licence,
        @JsonProperty("dct:modified") String modified,
        @JsonProperty("dct:temporal") Map<String, String> temporal,
        @JsonProperty("dct:provenance") Map<String, String> method,
        @JsonProperty("dcat:distribution") List<Map<String, String>> distributions,
        int threshold,
        String timeZone,
        boolean synthetic,
        List<String> columns,
        long total,
        List<Row> rows) {

    private static final String NEW_LINE = "\r\n";

    /** One published count. */
    record Row(
            String service, Map<String, String> name, String channel, String outcome, String period, long requests) {}

    /**
     * The data set of what may be published.
     *
     * @param released the counts, already made fit to be published
     * @param terms who publishes them under what
     */
    static OpenDataView of(
            Collection<CompositeDeclaration> declarations, CountedRequests released, Terms terms, String base) {
        Map<String, Label> names = new TreeMap<>();
        declarations.forEach(declaration -> names.put(declaration.service().toString(), declaration.name()));
        List<Row> rows = released.cells().entrySet().stream()
                .filter(count -> names.containsKey(count.getKey().service()))
                .map(count -> row(count.getKey(), count.getValue(), names))
                .toList();
        List<String> periods = rows.stream().map(Row::period).sorted().toList();
        String open = base + "/catalogue/open-data";
        return new OpenDataView(
                Map.of("dcat", "http://www.w3.org/ns/dcat#", "dct", "http://purl.org/dc/terms/"),
                "dcat:Dataset",
                CatalogueView.names(OpenDataText.TITLE),
                CatalogueView.names(OpenDataText.DESCRIPTION),
                terms.publisher(),
                terms.licence(),
                released.at().toString(),
                periods.isEmpty()
                        ? Map.of()
                        : Map.of("dcat:startDate", periods.get(0), "dcat:endDate", periods.get(periods.size() - 1)),
                CatalogueView.names(OpenDataText.method(terms.threshold())),
                List.of(
                        Map.of("dcat:accessURL", open, "dcat:mediaType", "application/json"),
                        Map.of("dcat:accessURL", open + ".csv", "dcat:mediaType", "text/csv")),
                terms.threshold(),
                "UTC",
                terms.synthetic(),
                List.of("service", "name_ar", "name_en", "channel", "outcome", "period", "requests"),
                rows.stream().mapToLong(Row::requests).sum(),
                rows);
    }

    /**
     * Under what terms data is published.
     *
     * @param licence its address
     * @param synthetic whether the people who asked are invented
     */
    record Terms(CatalogueView.Body publisher, String licence, int threshold, boolean synthetic) {}

    private static Row row(Cell cell, long count, Map<String, Label> names) {
        Label name = names.getOrDefault(cell.service(), new Label(cell.service(), cell.service()));
        return new Row(
                cell.service(),
                CatalogueView.names(name),
                cell.channel(),
                cell.outcome().name(),
                cell.period().toString(),
                count);
    }

    /** The rows as RFC 4180 has them, UTF-8. */
    byte[] csv() {
        StringBuilder csv = new StringBuilder(String.join(",", columns)).append(NEW_LINE);
        for (Row row : rows) {
            csv.append(String.join(
                            ",",
                            field(row.service()),
                            field(row.name().getOrDefault("ar", "")),
                            field(row.name().getOrDefault("en", "")),
                            field(row.channel()),
                            field(row.outcome()),
                            field(row.period()),
                            Long.toString(row.requests())))
                    .append(NEW_LINE);
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A name that a spreadsheet would take for a formula begins with an apostrophe. */
    private static String field(String text) {
        String plain = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return plain.matches("[\\p{L}\\p{N} _/.-]*") ? plain : '"' + plain.replace("\"", "\"\"") + '"';
    }
}
