package org.wasl.messagelog.tile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a tile or an entry bundle, C2SP {@code tlog-tiles}: {@code tile/LEVEL/INDEX[.p/WIDTH]}.
 *
 * @param level 0 to 63 for hashes; {@link #ENTRIES} for the leaves themselves
 * @param index its place within the level, from 0
 * @param width how many hashes or leaves it holds, 1 to {@value #FULL}; fewer than {@value #FULL} make it partial
 */
public record TilePath(int level, long index, int width) {

    /** How many hashes or leaves a full tile holds. */
    public static final int FULL = 256;

    /** The level that stands for entry bundles. */
    public static final int ENTRIES = -1;

    private static final int MAX_LEVEL = 63;
    private static final int GROUP = 1_000;
    private static final Pattern PATH =
            Pattern.compile("tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    public TilePath {
        if (level < ENTRIES || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("there is no such tile");
        }
    }

    /** Reads a path without a leading slash; empty when it is none in its one form. */
    public static Optional<TilePath> parse(String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String level = parts.group(1);
        int number = level.equals("entries") ? ENTRIES : Integer.parseInt(level);
        int width = width(parts.group(3));
        if (number > MAX_LEVEL || width == 0) {
            return Optional.empty();
        }
        long index = 0;
        for (String group : parts.group(2).split("/", -1)) {
            index = index * GROUP + Long.parseLong(group.startsWith("x") ? group.substring(1) : group);
        }
        // Leading zero groups would be a second name of the same tile.
        return Optional.of(new TilePath(number, index, width))
                .filter(tile -> tile.toString().equals(path));
    }

    private static int width(@Nullable String text) {
        if (text == null) {
            return FULL;
        }
        int width = Integer.parseInt(text);
        return width < FULL ? width : 0;
    }

    /** Whether it will be followed by wider ones of the same place. */
    public boolean partial() {
        return width < FULL;
    }

    /** The full tile of the same place. */
    public TilePath full() {
        return new TilePath(level, index, FULL);
    }

    @Override
    public String toString() {
        StringBuilder path = new StringBuilder("%03d".formatted(index % GROUP));
        for (long rest = index / GROUP; rest > 0; rest /= GROUP) {
            path.insert(0, "x%03d/".formatted(rest % GROUP));
        }
        path.insert(0, "tile/" + (level == ENTRIES ? "entries" : Integer.toString(level)) + "/");
        return partial() ? path.append(".p/").append(width).toString() : path.toString();
    }
}
