package org.wasl.agencies;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.wasl.agencies.cspd.CspdCredentials;

/**
 * What opens the four back-ends. The user names are part of the agencies' own set-up and not secret.
 *
 * @param cspd the civil register's three passwords; keep the same ones for the same data directory
 * @param dvldApiKey the traffic agency's key
 * @param ptaxPassword for {@link #PTAX_USER}
 * @param mojPassword for {@link #MOJ_USER}
 */
public record AgencyCredentials(CspdCredentials cspd, String dvldApiKey, String ptaxPassword, String mojPassword) {

    public static final String PTAX_USER = "bus";
    public static final String MOJ_USER = "bus";

    private static final int BYTES = 18;

    /** Fresh ones, each of 144 random bits. */
    public static AgencyCredentials generate(SecureRandom random) {
        return new AgencyCredentials(
                new CspdCredentials(password(random), password(random), password(random)),
                password(random),
                password(random),
                password(random));
    }

    private static String password(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "AgencyCredentials[hidden]";
    }
}
