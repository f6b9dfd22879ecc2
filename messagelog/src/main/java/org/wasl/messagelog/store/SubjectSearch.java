package org.wasl.messagelog.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.wasl.messagelog.store.SubjectBlocks.Block;
import org.wasl.messagelog.store.SubjectTiers.Span;

/** Finds the leaves that may be about a subject, over a connection that sees one state of the log. */
final class SubjectSearch {

    private final Connection connection;
    private final byte[] hash;
    private final Candidate candidate;

    private SubjectSearch(Connection connection, byte[] hash, Candidate candidate) {
        this.connection = connection;
        this.hash = hash;
        this.candidate = candidate;
    }

    /** Takes the index of a leaf whose subject's hash begins as the wanted one, and says whether to go on. */
    @FunctionalInterface
    interface Candidate {
        boolean take(long index) throws SQLException, LogStoreException;
    }

    /**
     * Hands over the leaves from one index to before another that may be about the subject of this hash.
     *
     * @param newestFirst in which order
     */
    static void run(
            Connection connection,
            SubjectTiers.Shape shape,
            byte[] hash,
            long from,
            long before,
            boolean newestFirst,
            Candidate candidate)
            throws SQLException, LogStoreException {
        List<Span> spans = new ArrayList<>(SubjectTiers.read(connection, shape).spans(from, before));
        if (newestFirst) {
            Collections.reverse(spans);
        }
        SubjectSearch search = new SubjectSearch(connection, hash, candidate);
        try (SubjectBlocks blocks = new SubjectBlocks(connection)) {
            boolean goOn = true;
            for (int i = 0; goOn && i < spans.size(); i++) {
                Span span = spans.get(i);
                if (span.tier() == Span.TAIL) {
                    goOn = search.tail(span, newestFirst);
                } else {
                    goOn = newestFirst ? search.downwards(blocks, span) : search.upwards(blocks, span);
                }
            }
        }
    }

    private boolean upwards(SubjectBlocks blocks, Span span) throws SQLException, LogStoreException {
        byte[] first = SubjectKeys.of(hash, span.from());
        byte[] last = SubjectKeys.of(hash, span.before() - 1);
        Block block = blocks.holding(span.tier(), span.run(), first);
        if (block == null) {
            block = blocks.next(span.tier(), span.run(), first);
        }
        while (block != null && SubjectKeys.compare(block.low(), 0, last, 0) <= 0) {
            byte[] entries = block.entries();
            for (int at = SubjectKeys.lowerBound(entries, first); at < entries.length; at += SubjectKeys.BYTES) {
                if (SubjectKeys.compare(entries, at, last, 0) > 0) {
                    return true;
                }
                if (!candidate.take(SubjectKeys.index(entries, at))) {
                    return false;
                }
            }
            block = blocks.next(span.tier(), span.run(), block.low());
        }
        return true;
    }

    private boolean downwards(SubjectBlocks blocks, Span span) throws SQLException, LogStoreException {
        byte[] first = SubjectKeys.of(hash, span.from());
        byte[] end = SubjectKeys.of(hash, span.before());
        Block block = blocks.holding(span.tier(), span.run(), end);
        while (block != null) {
            byte[] entries = block.entries();
            int at = SubjectKeys.lowerBound(entries, end) - SubjectKeys.BYTES;
            for (; at >= 0; at -= SubjectKeys.BYTES) {
                if (SubjectKeys.compare(entries, at, first, 0) < 0) {
                    return true;
                }
                if (!candidate.take(SubjectKeys.index(entries, at))) {
                    return false;
                }
            }
            block = blocks.previous(span.tier(), span.run(), block.low());
        }
        return true;
    }

    /** A few thousand rows at most, hash by hash. */
    private boolean tail(Span span, boolean newestFirst) throws SQLException, LogStoreException {
        List<Long> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SubjectSql.TAIL)) {
            statement.setLong(1, span.from());
            statement.setLong(2, span.before());
            statement.setBytes(3, hash);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(row.getLong(1));
                }
            }
        }
        if (newestFirst) {
            Collections.reverse(found);
        }
        for (long index : found) {
            if (!candidate.take(index)) {
                return false;
            }
        }
        return true;
    }
}
