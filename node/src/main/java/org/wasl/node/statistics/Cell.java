package org.wasl.node.statistics;

import java.time.YearMonth;
import java.util.Comparator;

/**
 * One cell of the table of counts. Every request is in exactly one, so cells can be added without counting anything twice.
 *
 * @param service the composite service's identifier
 * @param channel through which it was asked; {@link #NOT_STATED} when that is not known
 * @param outcome what became of it
 * @param period the month in which it was asked, UTC
 */
public record Cell(String service, String channel, Outcome outcome, YearMonth period) implements Comparable<Cell> {

    /** Of what was refused before it was a message, or was erased before it was counted. */
    public static final String NOT_STATED = "NOT_STATED";

    private static final Comparator<Cell> ORDER = Comparator.comparing(Cell::period)
            .thenComparing(Cell::service)
            .thenComparing(Cell::channel)
            .thenComparing(Cell::outcome);

    @Override
    public int compareTo(Cell other) {
        return ORDER.compare(this, other);
    }

    /** The same request's cell once it has ended. */
    Cell ended(Outcome how) {
        return new Cell(service, channel, how, period);
    }
}
