package org.wasl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.bench.load.Advance;
import org.wasl.bench.load.LoadJob;
import org.wasl.bench.load.LoadResult;
import org.wasl.bench.load.Scenario;

class ForkTest {

    @TempDir
    Path directory;

    private static LoadJob job(String workload) {
        return new LoadJob("try", workload, Map.of(), 1, 0.01, 1, List.of(Scenario.closed("one", 1, 0, 0.05)));
    }

    @Test
    void run_ofAWorkload_measuresItInAProcessOfItsOwn() throws IOException, InterruptedException {
        Set<String> told = new ConcurrentSkipListSet<>();
        LoadResult result =
                new Fork(directory, List.of("-Xmx64m")).run(job("nothing"), (seconds, what) -> told.add(what));
        assertThat(result.failure()).isNull();
        assertThat(result.measured()).hasSize(1);
        assertThat(result.measured().get(0).operations()).isPositive();
        assertThat(result.settings()).containsEntry("does", "nothing");
        assertThat(told).contains("one");
        assertThat(left()).containsExactly("try-nothing.log");
    }

    @Test
    void run_ofWhatThereIsNot_saysSo() throws IOException, InterruptedException {
        LoadResult result = new Fork(directory, List.of("-Xmx64m")).run(job("unheard-of"), Advance.UNSEEN);
        assertThat(result.failure()).contains("no workload unheard-of");
        assertThat(result.measured()).isEmpty();
    }

    @Test
    void run_whenTheProcessCannotStart_keepsWhatItSaid() throws IOException, InterruptedException {
        LoadResult result = new Fork(directory, List.of("-XX:+NoSuchFlag")).run(job("nothing"), Advance.UNSEEN);
        assertThat(result.failure()).contains("ended with 1");
        assertThat(Files.readString(directory.resolve("try-nothing.log"))).contains("NoSuchFlag");
    }

    private Set<String> left() throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return new TreeSet<>(
                    found.map(path -> path.getFileName().toString()).toList());
        }
    }
}
