package org.wasl.security.attack;

import java.util.Arrays;

/**
 * Where Jazzer enters. The system property {@code wasl.fuzz.target} names one {@link FuzzTarget}; without it the first
 * octet of each input chooses.
 */
public final class Fuzz {

    private static final FuzzTarget[] TARGETS = FuzzTarget.values();
    private static final String CHOSEN = System.getProperty("wasl.fuzz.target", "ALL");

    private Fuzz() {}

    /** Called by Jazzer once, by name: what is made once must not count as the first input's time. */
    public static void fuzzerInitialize() {
        for (FuzzTarget target : TARGETS) {
            target.run(new byte[1]);
        }
    }

    /** Called by Jazzer for each input, by name. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (!CHOSEN.equals("ALL")) {
            FuzzTarget.valueOf(CHOSEN).run(input);
        } else if (input.length > 0) {
            FuzzTarget target = TARGETS[Byte.toUnsignedInt(input[0]) % TARGETS.length];
            target.run(Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
