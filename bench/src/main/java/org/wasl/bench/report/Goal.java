package org.wasl.bench.report;

/** One goal: what was asked, what was measured, and whether that is it. */
public record Goal(String what, String asked, String measured, Verdict verdict) {

    /** Whether a goal is met; {@code NOT_SHOWN} when the run was not made in the way that was asked for. */
    public enum Verdict {
        MET("met"),
        NOT_MET("**not met**"),
        NOT_SHOWN("not shown by this run");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        static Verdict of(boolean met) {
            return met ? MET : NOT_MET;
        }
    }
}
