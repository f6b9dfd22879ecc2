package org.wasl.messagelog.checkpoint;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.merkle.TreeHash;

/**
 * What a log says of itself at one size, C2SP {@code tlog-checkpoint}. Without extension lines: those that came are
 * kept, none is written.
 *
 * @param origin the log's identity
 * @param size how many leaves it has
 * @param root the root over them, {@value TreeHash#LENGTH_BYTES} octets
 * @param extensions lines that others may have added, without their ends
 */
@SuppressWarnings("ArrayRecordComponent") // compared by octets below
public record Checkpoint(String origin, long size, byte[] root, List<String> extensions) {

    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");
    private static final int FIXED_LINES = 3;

    public Checkpoint {
        extensions = List.copyOf(extensions);
        if (origin.isEmpty() || origin.indexOf('\n') >= 0 || size < 0 || root.length != TreeHash.LENGTH_BYTES) {
            throw new IllegalArgumentException("a checkpoint has an origin, a size from 0 and a root of 32 octets");
        }
        if (extensions.stream().anyMatch(line -> line.isEmpty() || line.indexOf('\n') >= 0)) {
            throw new IllegalArgumentException("an extension is one line that is not empty");
        }
    }

    /** A checkpoint without extensions. */
    public static Checkpoint of(String origin, long size, byte[] root) {
        return new Checkpoint(origin, size, root, List.of());
    }

    /** Reads a note's text; empty when it is no checkpoint in its one form. */
    public static Optional<Checkpoint> parse(String text) {
        String[] lines = text.split("\n", -1);
        // What follows the last line feed is empty.
        int last = lines.length - 1;
        if (last < FIXED_LINES
                || !lines[last].isEmpty()
                || !SIZE.matcher(lines[1]).matches()) {
            return Optional.empty();
        }
        try {
            byte[] root = Base64.getDecoder().decode(lines[2]);
            Checkpoint read = new Checkpoint(
                    lines[0],
                    Long.parseLong(lines[1]),
                    root,
                    Arrays.asList(lines).subList(FIXED_LINES, last));
            return Optional.of(read).filter(checkpoint -> checkpoint.text().equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The note's text. */
    public String text() {
        StringBuilder text = new StringBuilder(origin)
                .append('\n')
                .append(size)
                .append('\n')
                .append(Base64.getEncoder().encodeToString(root))
                .append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Checkpoint that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }
}
