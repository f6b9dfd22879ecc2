package org.wasl.security.authority;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The samples' registry as a draft: members, services and agreements, without certificates, dates and signature. */
public final class DemoRegistry {

    private static final String RESOURCE = "samples-registry.xml";

    private DemoRegistry() {}

    /** The draft that comes with the program; an operator may give {@link DemoAuthority} another. */
    public static byte[] draft() {
        try (InputStream in = DemoRegistry.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + RESOURCE);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
