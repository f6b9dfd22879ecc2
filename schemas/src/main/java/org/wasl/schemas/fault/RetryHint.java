package org.wasl.schemas.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a fault's detail says when it may be worth asking again, so that it crosses the bus with the fault. */
public final class RetryHint {

    private static final Pattern FORM = Pattern.compile("; again in ([1-9][0-9]{0,4}) s$");
    private static final long MOST_SECONDS = 99_999;

    private RetryHint() {}

    /** This detail and when to ask again, in whole seconds, at least one. */
    public static String with(String detail, Duration wait) {
        long seconds = Math.max(1, Math.min(MOST_SECONDS, (wait.toMillis() + 999) / 1_000));
        return detail + "; again in " + seconds + " s";
    }

    /** When a fault says to ask again; empty when it does not. */
    public static Optional<Duration> of(Fault fault) {
        Matcher form = FORM.matcher(fault.detail());
        return form.find() ? Optional.of(Duration.ofSeconds(Long.parseLong(form.group(1)))) : Optional.empty();
    }
}
