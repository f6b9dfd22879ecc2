package org.wasl.connectors.declaration;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads counts, times and sizes, each within its bounds. */
final class Quantities {

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|min|h|d)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})(B|KiB|MiB)");
    private static final int KIBIBYTE = 1024;

    private final YamlSection section;

    Quantities(YamlSection section) {
        this.section = section;
    }

    int count(String key, int otherwise, int least, int most) {
        String text = section.text(key, Integer.toString(otherwise));
        int count = COUNT.matcher(text).matches() ? Integer.parseInt(text) : -1;
        if (count < least || count > most) {
            section.problem(key, "must be a number from " + least + " to " + most);
            return otherwise;
        }
        return count;
    }

    Duration duration(String key, String otherwise, Duration most) {
        Duration duration = duration(section.text(key, otherwise));
        if (duration.isZero() || duration.compareTo(most) > 0) {
            section.problem(key, "must be a time such as 500ms or 3s, at most " + most.toSeconds() + "s");
            return most;
        }
        return duration;
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Duration.ZERO;
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "min" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    int bytes(String key, String otherwise, int most) {
        Matcher matcher = SIZE.matcher(section.text(key, otherwise));
        long bytes = 0;
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            bytes = switch (matcher.group(2)) {
                case "B" -> amount;
                case "KiB" -> amount * KIBIBYTE;
                default -> amount * KIBIBYTE * KIBIBYTE;
            };
        }
        if (bytes < 1 || bytes > most) {
            section.problem(key, "must be a size such as 256KiB, at most " + most + "B");
            return most;
        }
        return (int) bytes;
    }
}
