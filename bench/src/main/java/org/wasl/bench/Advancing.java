package org.wasl.bench;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a run is: a bar with the time left on a terminal, otherwise one line at the start of each part. */
final class Advancing implements AutoCloseable {

    private static final int WIDTH = 100;
    private static final int LONGEST_MESSAGE = 34;
    private static final int STEPS_IN_SECOND = 10;

    private final Console console;
    private final double totalSeconds;
    private final @Nullable ProgressBar bar;
    private double doneSeconds;
    private double partDone;
    private double part;
    private String name = "";

    Advancing(Console console, double totalSeconds) {
        this.console = console;
        this.totalSeconds = Math.max(1, totalSeconds);
        this.bar = console.terminal()
                ? new ProgressBarBuilder()
                        .setTaskName("")
                        .setStyle(ProgressBarStyle.ASCII)
                        .setInitialMax((long) (this.totalSeconds * STEPS_IN_SECOND))
                        .setUpdateIntervalMillis(500)
                        .setConsumer(new ConsoleProgressBarConsumer(console.err(), WIDTH))
                        .build()
                : null;
    }

    /** A part begins that should take so long. */
    synchronized void begin(String what, int number, int of, double seconds) {
        doneSeconds += part;
        part = seconds;
        partDone = 0;
        name = what;
        if (bar == null) {
            console.note("run.begins", number, of, what, minutes(seconds), minutes(totalSeconds - doneSeconds));
        } else {
            show("");
        }
    }

    /** The part went on by so much. */
    synchronized void by(double seconds, String what) {
        partDone = Math.min(part, partDone + seconds);
        show(what);
    }

    private void show(String what) {
        if (bar != null) {
            String message = name + (what.isEmpty() ? "" : ": " + what);
            bar.setExtraMessage(message.substring(0, Math.min(LONGEST_MESSAGE, message.length())));
            bar.stepTo((long) ((doneSeconds + partDone) * STEPS_IN_SECOND));
        }
    }

    private static String minutes(double seconds) {
        Duration rounded = Duration.ofSeconds(Math.max(0, Math.round(seconds)));
        return rounded.toMinutes() + ":" + (rounded.toSecondsPart() < 10 ? "0" : "") + rounded.toSecondsPart();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
