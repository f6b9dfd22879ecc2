package org.wasl.messagelog.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/**
 * How far verifying a log has come, in a file, so that it can be taken up again after it was stopped, and go on where it
 * ended once the log has grown. What was verified before is not looked at again: whoever may change the file may make
 * believe that it was, so it belongs to the auditor, not beside the log.
 */
public final class VerificationFile {

    private static final String FIRST = "wasl-log-verification 1";
    private static final String SUM = "sum ";
    private static final int MAX_OCTETS = 4 * 1024 * 1024;

    private final Path file;

    /** @param file where it is kept; need not be there yet */
    public VerificationFile(Path file) {
        this.file = file;
    }

    /** What was kept: of which log, by which terms, and where it stands. */
    record Kept(UUID log, String terms, StateFields fields) {}

    /**
     * Why the file cannot be gone on from: it is none, or of another log, or other terms were asked for. Empty when it
     * can, or when there is none yet.
     *
     * @param log the log's id
     * @param size the log's recorded size
     * @param terms {@link VerificationPlan#terms()}
     * @throws IOException when it cannot be read
     */
    public Optional<String> refusal(UUID log, long size, String terms) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Optional<Kept> kept = read();
        if (kept.isEmpty()) {
            return Optional.of("it is no state of verifying a log, or was damaged");
        }
        if (!kept.get().log().equals(log)) {
            return Optional.of("it is of the log " + kept.get().log() + ", this one is " + log);
        }
        if (!kept.get().terms().equals(terms)) {
            return Optional.of("other terms were asked for then (" + kept.get().terms() + ") than now (" + terms + ")");
        }
        long position = kept.get().fields().number(Reduction.POSITION);
        return position > size
                ? Optional.of("it has verified " + position + " leaves, but the log has only " + size
                        + ": it was set back or cut off, or is another copy")
                : Optional.empty();
    }

    Optional<Kept> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = new String(AtomicFile.read(file, MAX_OCTETS), StandardCharsets.UTF_8);
        int sum = text.lastIndexOf(SUM);
        if (sum < 0
                || !text.startsWith(FIRST + "\n")
                || !text.substring(sum).equals(SUM + sum(text.substring(0, sum)) + "\n")) {
            return Optional.empty();
        }
        try {
            StateFields fields = StateFields.parse(
                    text.substring(FIRST.length() + 1, sum).lines().toList());
            return Optional.of(new Kept(UUID.fromString(fields.text("log")), fields.text("terms"), fields));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void write(UUID log, String terms, StateFields fields) throws IOException {
        StringBuilder text = new StringBuilder(FIRST).append('\n');
        text.append("log ").append(log).append('\n');
        text.append("terms ").append(terms).append('\n');
        fields.lines().forEach(line -> text.append(line).append('\n'));
        String sum = sum(text.toString());
        text.append(SUM).append(sum).append('\n');
        AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8), Readers.OWNER);
    }

    private static String sum(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
