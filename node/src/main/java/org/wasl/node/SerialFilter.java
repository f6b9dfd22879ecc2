package org.wasl.node;

import java.io.ObjectInputFilter;

/**
 * Refuses every Java object stream in this process: nothing in Wasl is written or read as one. The launcher says the same
 * on the command line; whoever starts the program otherwise gets it here.
 */
final class SerialFilter {

    /** No class at all, not even the platform's. */
    static final String PATTERN = "!*";

    private SerialFilter() {}

    /** Sets the filter of the whole process, unless the command line has. */
    static void install() {
        if (ObjectInputFilter.Config.getSerialFilter() == null) {
            ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter(PATTERN));
        }
    }
}
