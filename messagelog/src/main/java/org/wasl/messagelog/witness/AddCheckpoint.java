package org.wasl.messagelog.witness;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.checkpoint.LogProof;
import org.wasl.messagelog.note.SignedNote;

/**
 * The body of {@code add-checkpoint}, C2SP {@code tlog-witness}.
 *
 * @param oldSize the size of the checkpoint that the witness cosigned last, as the log believes
 * @param path the consistency proof from there
 * @param note the new checkpoint with the log's signature
 * @param checkpoint what the note says
 */
public record AddCheckpoint(long oldSize, List<byte[]> path, SignedNote note, Checkpoint checkpoint) {

    /** The most octets of a body that is read. */
    public static final int MAX_OCTETS = SignedNote.MAX_OCTETS + 8 * 1024;

    private static final String OLD = "old ";
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,17}");

    public AddCheckpoint {
        path = List.copyOf(path);
    }

    /** Reads a body; empty when the octets are none. */
    public static Optional<AddCheckpoint> parse(byte[] octets) {
        if (octets.length > MAX_OCTETS) {
            return Optional.empty();
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        int end = text.indexOf("\n\n");
        if (end < 0) {
            return Optional.empty();
        }
        List<String> lines = List.of(text.substring(0, end).split("\n", -1));
        String old = lines.get(0);
        if (!old.startsWith(OLD)
                || !DECIMAL.matcher(old.substring(OLD.length())).matches()) {
            return Optional.empty();
        }
        Optional<List<byte[]>> path = LogProof.hashes(lines.subList(1, lines.size()));
        Optional<SignedNote> note = SignedNote.parse(text.substring(end + 2).getBytes(StandardCharsets.UTF_8));
        Optional<Checkpoint> checkpoint = note.flatMap(read -> Checkpoint.parse(read.text()));
        if (path.isEmpty() || checkpoint.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AddCheckpoint(
                Long.parseLong(old.substring(OLD.length())), path.get(), note.get(), checkpoint.get()));
    }

    /** The body's octets. */
    public byte[] octets() {
        StringBuilder text = new StringBuilder(OLD).append(oldSize).append('\n');
        path.forEach(
                hash -> text.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        text.append('\n').append(new String(note.octets(), StandardCharsets.UTF_8));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
