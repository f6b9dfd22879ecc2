package org.wasl.bench.micro;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.verify.ContainerCheck;
import org.wasl.messagelog.verify.LogVerdict;
import org.wasl.messagelog.verify.LogVerifier;
import org.wasl.messagelog.verify.VerificationPlan;

/** Verifying a whole log of signed containers of about 4.5 KB, in leaves a second, with and without their signatures. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class LogVerificationBenchmark {

    private static final int LEAVES = 20_000;

    /** How many threads look at rows. */
    @Param({"1", "2"})
    private int threads;

    private @Nullable LoggedMessages log;

    @Setup
    public void fill() throws IOException, GeneralSecurityException, LogStoreException {
        log = LoggedMessages.fill(LEAVES);
        System.out.println("containers of " + log.octetsEach(LEAVES) + " octets");
    }

    @Benchmark
    @OperationsPerInvocation(LEAVES)
    public LogVerdict withoutSignatures() throws LogStoreException {
        return verify(ContainerCheck.NONE);
    }

    @Benchmark
    @OperationsPerInvocation(LEAVES)
    public LogVerdict withSignatures() throws LogStoreException {
        return verify(Objects.requireNonNull(log).check());
    }

    private LogVerdict verify(ContainerCheck check) throws LogStoreException {
        try (LogSource source =
                SqliteLogStore.openReadOnly(Objects.requireNonNull(log).file())) {
            LogVerdict verdict = new LogVerifier(VerificationPlan.of(check).withThreads(threads)).verify(source);
            if (!(verdict instanceof LogVerdict.Intact)) {
                throw new IllegalStateException(verdict.toString());
            }
            return verdict;
        }
    }
}
