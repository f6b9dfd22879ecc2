package org.wasl.faults.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;
import org.wasl.faults.site.SingleSite;

/** Octets flip in the pages of the broker's journal while the node lies killed. */
final class JournalTampered extends SingleFault {

    private int flips;
    private boolean answers;

    JournalTampered() {
        super(
                "journal-tampered",
                "the node is killed, bits flip in the broker's journal files, and it is started again",
                Promise.P11,
                Promise.P1);
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        site.kill();
        flips = 0;
        try (Stream<Path> all = Files.walk(site.directory().broker())) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(one -> one.toString().endsWith(".amq"))
                    .sorted()
                    .toList()) {
                flip(file, stage);
            }
        }
        stage.mark("flipped", flips + " bits");
    }

    private void flip(Path journal, Stage stage) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
            for (int i = 0; i < 16 && file.length() > 0; i++) {
                // Where records are written first; the rest of a new file is empty.
                long at = stage.random().nextLong(Math.min(file.length(), 64 * 1_024));
                file.seek(at);
                int octet = file.read();
                file.seek(at);
                file.write(octet ^ (1 << stage.random().nextInt(8)));
                flips++;
            }
        }
    }

    @Override
    List<Observation> observe(Stage stage, SingleSite site) {
        answers = stage.load()
                .askNow(stage.load().questions().next(Flow.PERSON))
                .filter(Told::answered)
                .isPresent();
        return List.of(
                new Observation(
                        Promise.P11,
                        answers,
                        flips
                                + " bits flipped in the journal: the node starts, and what it answers is checked like everything else"));
    }
}
