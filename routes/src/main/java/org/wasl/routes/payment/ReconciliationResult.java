package org.wasl.routes.payment;

import org.wasl.schemas.fault.Fault;

/** What came of a reconciliation. */
public sealed interface ReconciliationResult {

    /** Both sides were compared. */
    record Compared(Reconciliation reconciliation) implements ReconciliationResult {}

    /** The gateway did not give its file of the day. */
    record Unavailable(Fault fault) implements ReconciliationResult {}
}
