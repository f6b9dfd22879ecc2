package org.wasl.screens.frame;

import java.util.List;
import java.util.regex.Pattern;

/** What browsers may do with the pages, and where the pages are. */
public final class ScreenPolicy {

    /** Everything from here, nothing inline, nothing framed. */
    public static final String CONTENT =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** What shows an error that no page has handled. */
    public static final String ERROR = "/portal/error";

    /** Whoever comes may read these. */
    public static final List<String> PUBLIC = List.of(
            "/",
            "/login",
            "/favicon.ico",
            "/assets/**",
            "/webjars/**",
            "/sign-in/**",
            "/sign-out",
            "/portal",
            "/portal/services/**",
            ERROR,
            "/verify",
            "/verify/**");

    /** Every address of the pages. */
    public static final List<String> ALL = List.of(
            "/",
            "/login",
            "/favicon.ico",
            "/assets/**",
            "/webjars/**",
            "/sign-in/**",
            "/sign-out",
            "/portal",
            "/portal/**",
            "/my-data",
            "/my-data/**",
            "/verify",
            "/verify/**",
            "/auditor",
            "/auditor/**",
            "/operator",
            "/operator/**");

    private static final Pattern PAGE =
            Pattern.compile("/|/login|/favicon.ico|/sign-out|/(portal|my-data|verify|auditor|operator|sign-in)(/.*)?");

    private ScreenPolicy() {}

    /** Whether this is the path of a page, which answers a person with a page whatever happens. */
    public static boolean isPage(String path) {
        return PAGE.matcher(path).matches();
    }
}
