package org.wasl.agencies.cspd;

import java.util.List;

/**
 * What a load did. Every line that is not blank is in exactly one of the four counts.
 *
 * @param unchanged lines whose record was there already, word for word
 * @param refusals the first {@link #MAX_LISTED} refusals, in order
 * @param remarks the first {@link #MAX_LISTED} oddities of records that were loaded nevertheless
 */
public record LoadReport(
        long lines,
        long added,
        long replaced,
        long unchanged,
        long refused,
        List<LineNote> refusals,
        List<LineNote> remarks) {

    public static final int MAX_LISTED = 1000;

    public LoadReport {
        refusals = List.copyOf(refusals);
        remarks = List.copyOf(remarks);
    }

    /**
     * Something about one line.
     *
     * @param line counted from 1, blank lines included
     */
    public record LineNote(long line, String text) {}
}
