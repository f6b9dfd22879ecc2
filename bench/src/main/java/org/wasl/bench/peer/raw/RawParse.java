package org.wasl.bench.peer.raw;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.w3c.dom.Element;
import org.wasl.bench.load.Workload;
import org.wasl.bench.peer.message.Payloads;
import org.wasl.bench.peer.message.WrongAnswerException;

/** Parsing the record into a document by the hardened parser: what reading a message costs at least. */
public final class RawParse implements Workload {

    private final byte[] record = Payloads.record();

    @Override
    public String name() {
        return "raw-parse";
    }

    @Override
    public void start(Path directory) {
        Payloads.requireRecord(Payloads.parse(record));
    }

    @Override
    public CompletionStage<?> call(long number) {
        Element root = Payloads.parse(record);
        return "fines".equals(root.getLocalName())
                ? CompletableFuture.completedFuture(root)
                : CompletableFuture.failedFuture(new WrongAnswerException("parsed to " + root.getNodeName()));
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("parser", "the JDK's, hardened, into a DOM", "payload", Payloads.recordBytes() + " octets");
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
