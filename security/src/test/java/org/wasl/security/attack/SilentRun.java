package org.wasl.security.attack;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of its own that sends the whole corpus to the verifier, for somebody to watch from outside. Everything is
 * done once to warm up, so that no class is left to be loaded; what counts stands between two files that do not exist.
 */
public final class SilentRun {

    static final String BEGIN = "/wasl/the-verifier-begins";
    static final String END = "/wasl/the-verifier-has-ended";
    static final String CONTROL = "/wasl/the-canary-has-ended";

    private SilentRun() {}

    /** Run under {@code strace}. */
    public static void main(String[] arguments) {
        Ground ground = Ground.shared();
        List<Attempt> attempts = new ArrayList<>();
        List<Attempt> reaching = new ArrayList<>();
        for (Attack attack : AttackCorpus.all()) {
            if (attack.name().matches(".*(million|mebibytes|too large|bomb).*")) {
                continue;
            }
            Attempt attempt = attack.make().apply(ground);
            attempts.add(attempt);
            if (attack.name().matches(".*(file:///etc/hostname|http://127.0.0.1).*")
                    || attack.category() == Category.ENTITIES) {
                reaching.add(attempt);
            }
        }
        Probe probe = new Probe();
        attempts.forEach(probe::send);

        mark(BEGIN);
        attempts.forEach(probe::send);
        mark(END);
        NaiveVerifier canary = new NaiveVerifier(false);
        reaching.forEach(attempt -> canary.accepts(attempt.octets()));
        mark(CONTROL);
        System.out.println("sent " + attempts.size());
    }

    private static void mark(String path) {
        try (FileInputStream in = new FileInputStream(path)) {
            throw new AssertionError("there is a file " + path + ": " + in);
        } catch (IOException e) {
            // The attempt to open it is what is seen from outside.
            System.out.println("passed " + path);
        }
    }
}
