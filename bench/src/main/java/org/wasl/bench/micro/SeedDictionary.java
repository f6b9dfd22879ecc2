package org.wasl.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.compact.DictionaryTraining;

/**
 * Makes the dictionary that a log begins with, from sample messages of the demonstration's members:
 *
 * <pre>java -cp 'bench/target/classes:bench/target/lib/*' org.wasl.bench.micro.SeedDictionary \
 *     messagelog/src/main/resources/org/wasl/messagelog/compact/seed.dictionary</pre>
 *
 * Needed only when the container's templates change: each log soon learns a dictionary of its own.
 */
public final class SeedDictionary {

    private static final int EXCHANGES = 2_000;

    private SeedDictionary() {}

    /** Writes the file named by the one argument. */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        SampleContainers samples = new SampleContainers(Files.createTempDirectory("wasl-keys"));
        List<byte[]> containers =
                samples.exchanges(EXCHANGES).stream().map(LogEntry::container).toList();
        byte[] octets = DictionaryTraining.train(containers)
                .orElseThrow(() -> new IllegalStateException("zstd's library does not load here"));
        Files.write(Path.of(args[0]), octets);
        System.out.println(octets.length + " octets");
    }
}
