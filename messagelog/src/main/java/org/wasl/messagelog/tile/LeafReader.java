package org.wasl.messagelog.tile;

import java.io.IOException;
import java.util.List;

/** Where the leaves that tiles are made of come from. */
@FunctionalInterface
public interface LeafReader {

    /**
     * The octets of these leaves, in order.
     *
     * @param from the first leaf's index
     * @param count how many, 1 to {@value TilePath#FULL}
     * @throws IOException when they cannot be read, or one is not there
     */
    List<byte[]> leaves(long from, int count) throws IOException;
}
