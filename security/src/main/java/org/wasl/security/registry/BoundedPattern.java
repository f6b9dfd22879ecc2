package org.wasl.security.registry;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Compiles a parameter's pattern, if matching it is cheap whatever the value. Java's matcher backtracks, so a pattern
 * such as {@code (a+)+} would let one request hold a thread for hours. Accepted are literals, character classes, groups
 * and alternatives; a group may be optional but not repeated; and the number of ways in which the pattern could be
 * tried against a value of the greatest length is bounded.
 */
final class BoundedPattern {

    private static final int MAX_CHARACTERS = 200;
    private static final int MAX_VALUE_CHARACTERS = 1000;
    private static final long MAX_WAYS = 1_000_000;
    private static final int MAX_DEPTH = 8;
    private static final String ESCAPABLE = "dDwWsS.\\-+*?()[]{}|^$/";

    private final String text;
    private int at;

    private BoundedPattern(String text) {
        this.text = text;
    }

    /**
     * Compiles the pattern.
     *
     * @throws PatternSyntaxException when it does not compile, or could be expensive
     */
    static Pattern compile(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new PatternSyntaxException("longer than " + MAX_CHARACTERS + " characters", "", -1);
        }
        Pattern pattern = Pattern.compile(text);
        BoundedPattern scan = new BoundedPattern(text);
        long ways = scan.alternatives(0);
        if (scan.at != text.length()) {
            throw scan.refused("an unbalanced ')'");
        }
        if (ways > MAX_WAYS) {
            throw scan.refused("more ways to match than " + MAX_WAYS);
        }
        return pattern;
    }

    private long alternatives(int depth) {
        if (depth > MAX_DEPTH) {
            throw refused("groups nested deeper than " + MAX_DEPTH);
        }
        long ways = sequence(depth);
        while (at < text.length() && text.charAt(at) == '|') {
            at++;
            ways = cap(ways + sequence(depth));
        }
        return ways;
    }

    private long sequence(int depth) {
        long ways = 1;
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            ways = cap(ways * (text.charAt(at) == '(' ? group(depth) : atom()));
        }
        return ways;
    }

    private long group(int depth) {
        at++;
        if (text.startsWith("?:", at)) {
            at += 2;
        } else if (text.startsWith("?", at)) {
            throw refused("look-around, flags and named groups are not accepted");
        }
        long inner = alternatives(depth + 1);
        at++;
        if (at < text.length() && text.charAt(at) == '?') {
            at++;
            notStacked();
            return cap(inner + 1);
        }
        if (at < text.length() && "*+{".indexOf(text.charAt(at)) >= 0) {
            throw refused("a repeated group");
        }
        return inner;
    }

    private long atom() {
        char c = text.charAt(at);
        if (c == '[') {
            characterClass();
        } else if (c == '\\') {
            escape();
        } else if ("*+?{".indexOf(c) >= 0) {
            throw refused("a quantifier after nothing");
        } else {
            at++;
        }
        return quantifier();
    }

    private void characterClass() {
        at++;
        while (at < text.length() && text.charAt(at) != ']') {
            char c = text.charAt(at);
            if (c == '[' || c == '&') {
                throw refused("classes within classes are not accepted");
            }
            if (c == '\\') {
                escape();
            } else {
                at++;
            }
        }
        at++;
    }

    /** Back-references and quotes are refused with all other escapes that are not listed. */
    private void escape() {
        if (at + 1 >= text.length() || ESCAPABLE.indexOf(text.charAt(at + 1)) < 0) {
            throw refused("an escape that is not accepted");
        }
        at += 2;
    }

    private long quantifier() {
        if (at >= text.length()) {
            return 1;
        }
        long ways =
                switch (text.charAt(at)) {
                    case '?' -> 2;
                    case '*', '+' -> MAX_VALUE_CHARACTERS;
                    case '{' -> counted();
                    default -> 1;
                };
        if (ways > 1 || text.charAt(at) == '{' || text.charAt(at) == '}') {
            at++;
            notStacked();
        }
        return ways;
    }

    /** Leaves the position at the closing brace. */
    private long counted() {
        int end = text.indexOf('}', at);
        String[] bounds = text.substring(at + 1, end).split(",", -1);
        at = end;
        long least = Long.parseLong(bounds[0]);
        if (bounds.length == 1) {
            return 1;
        }
        long most = bounds[1].isEmpty() ? least + MAX_VALUE_CHARACTERS : Long.parseLong(bounds[1]);
        return Math.min(most - least + 1, MAX_VALUE_CHARACTERS);
    }

    private void notStacked() {
        if (at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0) {
            throw refused("a quantifier on a quantifier");
        }
    }

    private static long cap(long ways) {
        return Math.min(ways, MAX_WAYS + 1);
    }

    private PatternSyntaxException refused(String why) {
        return new PatternSyntaxException(why, "", at);
    }
}
