package org.wasl.messagelog.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.wasl.messagelog.merkle.InclusionProof;
import org.wasl.messagelog.merkle.TreeHash;
import org.wasl.messagelog.note.SignedNote;

/**
 * That a leaf stands in a log, to carry away: its index, the path to the root, and the checkpoint with its signatures,
 * C2SP {@code tlog-proof}. Extra data that others wrote is skipped, none is written.
 *
 * @param index the leaf's index
 * @param path the siblings' hashes, from the leaf upwards
 * @param note the signed checkpoint
 * @param checkpoint what the note says
 */
public record LogProof(long index, List<byte[]> path, SignedNote note, Checkpoint checkpoint) {

    /** The most octets of a proof that is read. */
    public static final int MAX_OCTETS = SignedNote.MAX_OCTETS + 64 * 1024;

    private static final String FIRST = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,18}");
    private static final int MAX_PATH = 63;

    public LogProof {
        path = List.copyOf(path);
    }

    /**
     * Puts one together.
     *
     * @throws IllegalArgumentException when the note is no checkpoint of the proof's size
     */
    public static LogProof of(InclusionProof inclusion, SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text())
                .filter(read -> read.size() == inclusion.size())
                .orElseThrow(() -> new IllegalArgumentException("the note is no checkpoint of the proof's size"));
        return new LogProof(inclusion.index(), inclusion.path(), note, checkpoint);
    }

    /** Reads a proof; empty when the octets are none in its one form. Verifies nothing. */
    public static Optional<LogProof> parse(byte[] octets) {
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
        List<String> lines = new ArrayList<>(List.of(text.substring(0, end).split("\n", -1)));
        if (!lines.remove(0).equals(FIRST)) {
            return Optional.empty();
        }
        if (!lines.isEmpty() && lines.get(0).startsWith(EXTRA)) {
            lines.remove(0);
        }
        if (lines.isEmpty() || !lines.get(0).startsWith(INDEX)) {
            return Optional.empty();
        }
        String index = lines.remove(0).substring(INDEX.length());
        Optional<List<byte[]>> path = hashes(lines);
        Optional<SignedNote> note = SignedNote.parse(text.substring(end + 2).getBytes(StandardCharsets.UTF_8));
        Optional<Checkpoint> checkpoint = note.flatMap(read -> Checkpoint.parse(read.text()));
        if (!DECIMAL.matcher(index).matches() || path.isEmpty() || checkpoint.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LogProof(Long.parseLong(index), path.get(), note.get(), checkpoint.get()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Hashes as C2SP's texts carry them, a line each; empty when one is none or there are too many. */
    public static Optional<List<byte[]>> hashes(List<String> lines) {
        List<byte[]> hashes = new ArrayList<>();
        for (String line : lines) {
            byte[] hash;
            try {
                hash = Base64.getDecoder().decode(line);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
            if (hash.length != TreeHash.LENGTH_BYTES
                    || !Base64.getEncoder().encodeToString(hash).equals(line)
                    || hashes.size() == MAX_PATH) {
                return Optional.empty();
            }
            hashes.add(hash);
        }
        return Optional.of(hashes);
    }

    /**
     * Whether the leaf of this hash stands in the checkpoint's tree. Says nothing of who signed the checkpoint.
     *
     * @param leafHash the leaf's hash, see {@link TreeHash#leaf}
     */
    public boolean includes(byte[] leafHash) {
        return new InclusionProof(index, checkpoint.size(), path).verify(leafHash, checkpoint.root());
    }

    /** The proof's octets. */
    public byte[] octets() {
        StringBuilder text = new StringBuilder(FIRST).append('\n');
        text.append(INDEX).append(index).append('\n');
        path.forEach(
                hash -> text.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        text.append('\n').append(new String(note.octets(), StandardCharsets.UTF_8));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
