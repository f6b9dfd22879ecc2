package org.wasl.security.container;

import static org.wasl.security.container.TestWorld.utf8;

/** Small records that follow the shared schemas. */
final class Records {

    private Records() {}

    static byte[] person() {
        return utf8("<civil:person xmlns:civil=\"urn:wasl:civil:1\"><civil:status>ALIVE</civil:status></civil:person>");
    }
}
