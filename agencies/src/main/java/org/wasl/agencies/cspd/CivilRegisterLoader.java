package org.wasl.agencies.cspd;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads persons of the Dutch register (BRP), one JSON object a line, into the civil register's database. Loading a file again
 * changes nothing; a record that has changed replaces the old one.
 */
public final class CivilRegisterLoader {

    static final int MAX_LINE_BYTES = 60_000;
    private static final int MAX_RECORDS = 1_000_000;
    private static final int LINES_PER_COMMIT = 200;

    private final String jdbcUrl;
    private final String password;
    private final Clock clock;

    /**
     * @param jdbcUrl the civil register's
     * @param password of {@link CspdServer#REGISTRAR}
     */
    public CivilRegisterLoader(String jdbcUrl, String password, Clock clock) {
        this.jdbcUrl = jdbcUrl;
        this.password = password;
        this.clock = clock;
    }

    /**
     * Loads a file. What was committed before a failure stays: load again to finish.
     *
     * @throws IOException when the file cannot be read or has more than a million records
     * @throws SQLException when the database refuses or goes away
     */
    public LoadReport load(Path file, LoadProgress progress) throws IOException, SQLException {
        long size = Files.size(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                Connection connection = DriverManager.getConnection(jdbcUrl, CspdServer.REGISTRAR, password);
                BrpTable table = new BrpTable(connection, clock.instant())) {
            connection.setAutoCommit(false);
            Tally tally = new Tally(table);
            BoundedLines lines = new BoundedLines(in, MAX_LINE_BYTES);
            BrpReader reader = new BrpReader();
            long number = 0;
            for (BoundedLines.Line line = lines.next(); line != null; line = lines.next()) {
                number++;
                tally.take(number, reader.read(line));
                if (number % LINES_PER_COMMIT == 0) {
                    connection.commit();
                    progress.at(number, lines.bytesRead(), size);
                }
            }
            connection.commit();
            progress.at(number, lines.bytesRead(), size);
            return tally.report();
        }
    }

    /** Counts while it loads. */
    private static final class Tally {

        private final BrpTable table;
        private final Map<String, Long> seen = new HashMap<>();
        private final List<LoadReport.LineNote> refusals = new ArrayList<>();
        private final List<LoadReport.LineNote> remarks = new ArrayList<>();
        private long lines;
        private long added;
        private long replaced;
        private long unchanged;
        private long refused;

        Tally(BrpTable table) {
            this.table = table;
        }

        void take(long number, BrpLine line) throws SQLException, IOException {
            if (line instanceof BrpLine.Accepted record) {
                lines++;
                accept(number, record);
            } else if (line instanceof BrpLine.Refused refusal) {
                lines++;
                refuse(number, refusal.reason());
            }
        }

        private void accept(long number, BrpLine.Accepted record) throws SQLException, IOException {
            Long before = seen.putIfAbsent(record.burgerservicenummer(), number);
            if (before != null) {
                refuse(number, "burgerservicenummer " + record.burgerservicenummer() + " was on line " + before);
                return;
            }
            if (seen.size() > MAX_RECORDS) {
                throw new IOException("more than " + MAX_RECORDS + " records: split the file");
            }
            String digest = sha256(record.document());
            Optional<String> clash = table.clash(record);
            if (clash.isPresent()) {
                refuse(number, clash.get());
                return;
            }
            Optional<String> held = table.digest(record.nationalNumber());
            if (held.isEmpty()) {
                table.insert(record, digest, number);
                added++;
            } else if (held.get().equals(digest)) {
                unchanged++;
            } else {
                table.update(record, digest, number);
                replaced++;
            }
            record.remark().ifPresent(remark -> note(remarks, number, remark));
        }

        private void refuse(long number, String reason) {
            refused++;
            note(refusals, number, reason);
        }

        private static void note(List<LoadReport.LineNote> into, long number, String text) {
            if (into.size() < LoadReport.MAX_LISTED) {
                into.add(new LoadReport.LineNote(number, text));
            }
        }

        LoadReport report() {
            return new LoadReport(lines, added, replaced, unchanged, refused, refusals, remarks);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
