package org.wasl.node.edge.problem;

import java.util.Map;

/** The headers that every answer carries, whoever writes it. */
public final class SecurityHeaders {

    /** Answers are data: nothing in them is to be run, shown in a frame, or loaded from elsewhere. */
    public static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

    public static final String PERMISSIONS_POLICY =
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    /** Two years, as preload lists ask. */
    public static final long HSTS_SECONDS = 63_072_000L;

    /** Those that do not depend on the answer or on TLS. */
    public static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Permissions-Policy", PERMISSIONS_POLICY,
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    private SecurityHeaders() {}
}
