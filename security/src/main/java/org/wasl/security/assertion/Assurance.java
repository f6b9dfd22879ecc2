package org.wasl.security.assertion;

import java.util.Locale;
import java.util.Optional;
import org.wasl.security.actor.AssuranceLevel;

/** Reads the {@code acr} claim: eIDAS' words, alone or at the end of eIDAS' addresses. */
public final class Assurance {

    private Assurance() {}

    /** The level that this value names; empty when it names none. */
    public static Optional<AssuranceLevel> level(String acr) {
        return switch (acr.substring(acr.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT)) {
            case "high" -> Optional.of(AssuranceLevel.HIGH);
            case "substantial" -> Optional.of(AssuranceLevel.SUBSTANTIAL);
            case "low" -> Optional.of(AssuranceLevel.LOW);
            default -> Optional.empty();
        };
    }
}
