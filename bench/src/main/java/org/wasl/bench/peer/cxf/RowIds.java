package org.wasl.bench.peer.cxf;

import java.util.concurrent.atomic.AtomicLong;

/** Ids of rows: SOAP messages have none of their own. */
final class RowIds {

    private static final AtomicLong NEXT = new AtomicLong();

    private RowIds() {}

    static String next() {
        return "urn:wasl:bench:message:" + NEXT.incrementAndGet();
    }
}
