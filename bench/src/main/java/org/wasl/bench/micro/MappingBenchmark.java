package org.wasl.bench.micro;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import net.sf.saxon.s9api.Processor;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.backend.Answer;
import org.wasl.connectors.declaration.BackEndDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.mapping.AnswerMapping;
import org.wasl.connectors.mapping.Mapped;
import org.wasl.connectors.xml.ClosedSaxon;
import org.wasl.connectors.xml.JsonWriter;
import org.wasl.schemas.identifier.ServiceId;

/** An agency's answer of eight fines in JSON: read, and mapped to a record by the agency's stylesheet. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MappingBenchmark {

    private static final int FINES = 8;
    private static final ServiceId SERVICE = ServiceId.parse("JO/GOV/DVLD/fines/fines-of-person/v1");
    private static final String STYLESHEET = "<xsl:stylesheet version='3.0'"
            + " xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns:j='" + JsonWriter.NAMESPACE + "'"
            + " xmlns:traffic='urn:wasl:traffic:1' exclude-result-prefixes='j'><xsl:template match='/'>"
            + "<traffic:fines><xsl:for-each select=\"//j:array[@key='fines']/j:map\"><traffic:fine>"
            + "<traffic:ticket><xsl:value-of select=\"j:string[@key='ticket']\"/></traffic:ticket>"
            + "<traffic:amount currency='JOD'>"
            + "<xsl:value-of select=\"format-number(j:number[@key='amount'], '0.000')\"/></traffic:amount>"
            + "</traffic:fine></xsl:for-each><traffic:openCount>"
            + "<xsl:value-of select=\"count(//j:array[@key='fines']/j:map)\"/></traffic:openCount>"
            + "</traffic:fines></xsl:template></xsl:stylesheet>";

    private final Processor processor = ClosedSaxon.newProcessor();
    private final String json = json();
    private @Nullable AnswerMapping mapping;

    private static String json() {
        StringBuilder json = new StringBuilder("{\"at\":\"2026-11-21T01:30:00+03:00\",\"fines\":[");
        for (int i = 0; i < FINES; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"ticket\":\"T-2026-")
                    .append(100_000 + i)
                    .append("\",\"article\":\"38/أ\",\"amount\":50,\"status\":\"OPEN\"}");
        }
        return json.append("]}").toString();
    }

    @Setup
    public void compile() throws Exception {
        mapping = AnswerMapping.compile(
                processor,
                new ConnectorDeclaration(
                        "bench",
                        "bench.yaml",
                        SERVICE,
                        "bench",
                        Map.of(),
                        new BackEndDeclaration.Rest(URI.create("http://localhost"), List.of(), Map.of(), "h", "", "s"),
                        new ConnectorDeclaration.Mapping(
                                "bench.xsl",
                                STYLESHEET,
                                "urn:wasl:traffic:1",
                                "fines",
                                "false()",
                                "//j:string[@key='at']",
                                "false()"),
                        new ConnectorDeclaration.Limits(Duration.ofSeconds(1), 1, 1, 100_000),
                        new ConnectorDeclaration.Breaker(10, 50, Duration.ofSeconds(1), 1),
                        Map.of()));
        if (!(map().result() instanceof ConnectorResult.Found)) {
            throw new IllegalStateException(map().toString());
        }
    }

    @Benchmark
    public Mapped map() throws Exception {
        Instant now = Instant.now();
        ConnectorQuery query =
                new ConnectorQuery("bench", SERVICE, Map.of("nationalNumber", "9990045842"), now.plusSeconds(5));
        return Objects.requireNonNull(mapping)
                .map(new Answer.Data(query, JsonWriter.document(processor, json), now, "", System.nanoTime()));
    }
}
