package org.wasl.bench.micro;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaVerdict;

/** Validating a record of the samples against its shared schema: hardened parse and XSD. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SchemaBenchmark {

    /** Which record, among the samples. */
    @Param({"traffic-1.0/good/fines.xml", "civil-1.0/good/life-status.xml", "justice-1.0/good/attachments.xml"})
    private String record = "";

    private final SchemaCatalogue schemas = SchemaCatalogue.load();
    private byte[] octets = {};

    @Setup
    public void read() throws IOException {
        try (InputStream in = SchemaCatalogue.class.getResourceAsStream("samples/" + record)) {
            if (in == null) {
                throw new IOException("no sample " + record);
            }
            octets = in.readAllBytes();
        }
        schemas.compileAll();
        if (!(validate() instanceof SchemaVerdict.Valid)) {
            throw new IOException(validate().toString());
        }
    }

    @Benchmark
    public SchemaVerdict validate() {
        return schemas.validate(octets);
    }
}
