package org.wasl.bench.peer.message;

import java.nio.file.Path;
import java.sql.SQLException;

/** How much care was taken with a peer. */
public enum Variant {
    /** As it comes, but without what would be a mistake: keys are read once, and no cache lies on disk. */
    DEFAULTS("", Cryptography.JDK),
    /** With every means that its own documents offer. */
    TUNED("-tuned", Cryptography.NATIVE);

    private final String suffix;
    private final Cryptography cryptography;

    Variant(String suffix, Cryptography cryptography) {
        this.suffix = suffix;
        this.cryptography = cryptography;
    }

    /** A workload's name in this variant. */
    public String name(String peer) {
        return peer + suffix;
    }

    /** Whose code signs and verifies. */
    public Cryptography cryptography() {
        return cryptography;
    }

    /** How messages are stored. */
    public MessageTable table(Path file) throws SQLException {
        return this == TUNED ? MessageTable.grouped(file) : MessageTable.single(file);
    }
}
