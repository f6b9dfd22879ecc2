package org.wasl.messagelog.compact;

import java.util.Arrays;
import java.util.Optional;

/** How a container's octets stand in a store. The numbers are in every log and never change. */
public enum Coding {
    /** As they are. */
    STORED(0),
    /** By the JDK's Deflater with a preset dictionary. */
    DEFLATE(1),
    /** By zstd with a dictionary. */
    ZSTD(2);

    private final int number;

    Coding(int number) {
        this.number = number;
    }

    /** As stores write it. */
    public int number() {
        return number;
    }

    /** The coding of this number; empty when this program knows none. */
    public static Optional<Coding> of(int number) {
        return Arrays.stream(values()).filter(coding -> coding.number == number).findFirst();
    }
}
