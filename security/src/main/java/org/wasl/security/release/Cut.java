package org.wasl.security.release;

import org.wasl.schemas.fault.Fault;

/** What cutting a record gave. */
public sealed interface Cut {

    /**
     * The record with its released fields only.
     *
     * <p>The array is shared, not copied: nobody writes to it.
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Released(byte[] record) implements Cut {}

    /** The record cannot be cut, so it does not leave. */
    record Refused(Fault fault) implements Cut {}
}
