package org.wasl.node.command;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, when somebody watches; otherwise nothing. */
final class Progress implements AutoCloseable {

    private static final int WIDTH = 80;

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** Starts one with this key's text. */
    static Progress start(Console console, String key) {
        if (!console.terminal()) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(console.texts().text(key))
                .setStyle(ProgressBarStyle.ASCII)
                .setInitialMax(1)
                .setConsumer(new ConsoleProgressBarConsumer(console.err(), WIDTH))
                .build());
    }

    /** So much of so much is done. */
    void to(long done, long total) {
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(done);
        }
    }

    /** What is being done now. */
    void step(String what) {
        if (bar != null) {
            bar.setExtraMessage(what);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
