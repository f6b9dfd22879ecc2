package org.wasl.bench.peer.message;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.wasl.bench.load.Workload;

/** Calls a workload as a load generator does. */
public final class Calls {

    public static final int CALLS = 20;

    private static final int CALLERS = 4;

    private Calls() {}

    /** Starts it and makes 20 calls from four threads; the first that fails fails this. */
    public static void twenty(Workload workload, Path directory) throws Exception {
        workload.start(directory);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<CompletableFuture<?>> calls = new ArrayList<>();
            IntStream.range(0, CALLS)
                    .forEach(i -> calls.add(CompletableFuture.supplyAsync(() -> workload.call(i), callers)
                            .thenCompose(stage -> stage)));
            CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        } finally {
            callers.shutdownNow();
        }
    }
}
