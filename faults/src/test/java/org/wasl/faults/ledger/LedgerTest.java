package org.wasl.faults.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    @TempDir
    Path directory;

    @Test
    void entries_whenManyWriteAndItIsOpenedAgain_areAllThere() throws Exception {
        Path file = directory.resolve("ledger.ndjson");
        try (Ledger ledger = Ledger.open(file)) {
            ExecutorService writers = Executors.newFixedThreadPool(4);
            List<Future<?>> written = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                LedgerEntry entry = new LedgerEntry.Sent(i, "r" + i, 1);
                written.add(writers.submit(() -> ledger.append(entry)));
            }
            for (Future<?> one : written) {
                one.get();
            }
            writers.shutdown();
        }
        LedgerEntry told = new LedgerEntry.Told(
                5, "r1", 2, 200, "", "d", "id", "", "c", "PARTIAL", "UNDETERMINED", Map.of("life", "AVAILABLE"), 7);
        try (Ledger ledger = Ledger.open(file)) {
            ledger.append(told);

            assertThat(ledger.entries()).hasSize(201).endsWith(told);
            assertThat(ledger.entries().stream()
                            .filter(entry -> entry instanceof LedgerEntry.Sent)
                            .map(entry -> ((LedgerEntry.Sent) entry).key())
                            .collect(Collectors.toSet()))
                    .hasSize(200);
        }
    }

    @Test
    void books_whenTheLastLineWasCutOff_leaveItOut() throws Exception {
        Files.writeString(directory.resolve("CSPD.tsv"), "1\tV_QAYD 9990000001\n2\tV_QAYD 9990000002\n3\tV_QA");
        Files.writeString(directory.resolve("MOJ.tsv"), "4\tattachments-07.csv\n");
        Files.writeString(directory.resolve("PTAX.tsv"), "");

        List<Disclosure> books = Disclosure.books(directory);

        assertThat(books).extracting(Disclosure::agency).containsExactly("CSPD", "CSPD", "MOJ");
        assertThat(books.stream().map(one -> one.subject().orElse("")).collect(Collectors.toSet()))
                .isEqualTo(Set.of("9990000001", "9990000002", "07"));
    }
}
