package org.wasl.routes.load;

/**
 * The bounds of what is asked of one service's back-end at once.
 *
 * @param least questions under way at once, however slow it is
 * @param first as many until something is known of it
 * @param most however fast it is
 * @param waiting how many more may wait for their turn
 */
public record GateSettings(int least, int first, int most, int waiting) {

    private static final int HIGHEST = 1_000;

    public GateSettings {
        if (least < 1 || first < least || most < first || most > HIGHEST) {
            throw new IllegalArgumentException("least, first and most must grow, from 1 to " + HIGHEST);
        }
        if (waiting < 1 || waiting > 100 * HIGHEST) {
            throw new IllegalArgumentException("from 1 to " + 100 * HIGHEST + " may wait");
        }
    }

    /** For so many threads that may ask it. */
    public static GateSettings of(int threads) {
        int most = Math.max(1, threads);
        return new GateSettings(Math.min(2, most), most, most, Math.max(64, 2 * most));
    }

    /** The same for no more threads than these: what no thread could ask would only keep the gate from learning. */
    public GateSettings within(int threads) {
        int bound = Math.max(1, threads);
        return new GateSettings(Math.min(least, bound), Math.min(first, bound), Math.min(most, bound), waiting);
    }
}
