package org.wasl.bench.load;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Does nothing at all: what the making of load itself costs, to be subtracted from everything else. */
public final class NothingWorkload implements Workload {

    @Override
    public String name() {
        return "nothing";
    }

    @Override
    public void start(Path directory) {}

    @Override
    public CompletionStage<?> call(long number) {
        return CompletableFuture.completedStage(number);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("does", "nothing");
    }

    @Override
    public void close() {}
}
