package org.wasl.node.system;

import static java.util.stream.Collectors.groupingBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;

/**
 * A message log as an auditor opens it: read-only, beside the node or after it.
 *
 * @param leaves its leaves by index
 */
record LogReading(List<Leaf> leaves) {

    private static final int ROWS_AT_ONCE = 1_000;

    static LogReading of(Path database) throws LogStoreException {
        List<Leaf> leaves = new ArrayList<>();
        try (LogSource source = SqliteLogStore.openReadOnly(database)) {
            long size = source.head().size();
            while (leaves.size() < size) {
                List<LogRow> rows = new ArrayList<>();
                source.scan(leaves.size(), ROWS_AT_ONCE, rows::add);
                if (rows.isEmpty()) {
                    throw new IllegalStateException("the log ends before its recorded size");
                }
                rows.stream().filter(row -> row.index() < size).forEach(row -> leaves.add(row.leaf()));
            }
        }
        return new LogReading(List.copyOf(leaves));
    }

    /** Its leaves from this index on. */
    LogReading since(int index) {
        return new LogReading(leaves.subList(index, leaves.size()));
    }

    List<Leaf> refused() {
        return leaves.stream()
                .filter(leaf -> "REFUSED".equals(leaf.direction()))
                .toList();
    }

    List<Leaf> requests(String direction) {
        return leaves.stream()
                .filter(leaf -> direction.equals(leaf.direction()) && "REQUEST".equals(leaf.kind()))
                .toList();
    }

    /** How many signed answers a provider gave to each request, by provider and request id. */
    Map<String, Long> providersAnswers() {
        return leaves.stream()
                .filter(leaf -> "SENT".equals(leaf.direction()) && ends(leaf))
                .filter(leaf -> Objects.equals(leaf.sender(), leaf.provider()))
                .collect(groupingBy(leaf -> leaf.provider() + " " + leaf.inReplyTo(), Collectors.counting()));
    }

    /**
     * The requests that their consumer sent or their provider received, and to which that member's log holds no answer:
     * for the consumer what it received or the fault that it signed itself, for the provider what it sent.
     */
    List<String> unanswered() {
        return without(leaf -> ends(leaf) || "INTERIM".equals(leaf.kind()));
    }

    /** The requests that have neither reply nor fault, whatever was announced for later. */
    List<String> open() {
        return without(LogReading::ends);
    }

    private List<String> without(Predicate<Leaf> isAnswer) {
        Map<String, List<Leaf>> answers = leaves.stream()
                .filter(leaf -> !"REFUSED".equals(leaf.direction()) && isAnswer.test(leaf))
                .collect(groupingBy(leaf -> leaf.member() + " " + leaf.inReplyTo()));
        List<String> unanswered = new ArrayList<>();
        for (Leaf request : leaves) {
            if (!"REQUEST".equals(request.kind()) || "REFUSED".equals(request.direction())) {
                continue;
            }
            boolean answered = answers.getOrDefault(request.member() + " " + request.messageId(), List.of()).stream()
                    .anyMatch(answer -> "SENT".equals(request.direction())
                            ? "RECEIVED".equals(answer.direction()) || Objects.equals(answer.sender(), request.sender())
                            : "SENT".equals(answer.direction()) && Objects.equals(answer.sender(), request.provider()));
            if (!answered) {
                unanswered.add(request.direction() + " " + request.service() + " " + request.messageId());
            }
        }
        return unanswered;
    }

    private static boolean ends(Leaf leaf) {
        return "REPLY".equals(leaf.kind()) || "FAULT".equals(leaf.kind());
    }
}
