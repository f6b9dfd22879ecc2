package org.wasl.bench.peer.as4;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Tells receipts from errors without parsing them again. */
final class Receipts {

    private static final String NON_REPUDIATION = "NonRepudiationInformation";
    private static final AtomicLong ROWS = new AtomicLong();

    private Receipts() {}

    static boolean isReceipt(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1).contains(NON_REPUDIATION);
    }

    static String nextRowId() {
        return "row-" + ROWS.incrementAndGet();
    }
}
