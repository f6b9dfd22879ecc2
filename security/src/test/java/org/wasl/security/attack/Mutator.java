package org.wasl.security.attack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasl.security.attack.RawZip.Field;

/** Changes a genuine container at random. The same seed gives the same mutant of the same container. */
final class Mutator {

    /** What is changed. */
    enum Kind {
        BITS,
        SPLICE,
        ENTRY_OCTETS,
        XML_TOKENS,
        ZIP_FIELDS,
        CROSSING
    }

    private static final Pattern TOKEN = Pattern.compile("<[^>]*>|[^<]+", Pattern.DOTALL);
    private static final List<String> NAMES =
            List.of(Terms.MIMETYPE, Terms.MANIFEST, Terms.HEADER, Terms.PAYLOAD, Terms.SIGNATURES);
    private static final List<String> FRAGMENTS = List.of(
            "<!-- -->",
            "<?a b?>",
            "<![CDATA[a]]>",
            "&amp;",
            "&a;",
            "<!DOCTYPE a>",
            " ",
            "\n",
            "<a></a>",
            "<ds:Reference URI=\"\"></ds:Reference>",
            "<ds:Object></ds:Object>",
            "\u00a0");

    private final Random random;
    private final byte[] genuine;
    private final RawZip other;

    Mutator(long seed, byte[] genuine, RawZip other) {
        this.random = new Random(seed);
        this.genuine = genuine;
        this.other = other;
    }

    byte[] mutate(Kind kind) {
        return switch (kind) {
            case BITS -> bits(genuine.clone());
            case SPLICE -> splice(genuine);
            case ENTRY_OCTETS -> inEntry(octets -> random.nextBoolean() ? bits(octets) : splice(octets));
            case XML_TOKENS -> inEntry(this::tokens);
            case ZIP_FIELDS -> fields();
            case CROSSING -> crossing();
        };
    }

    private byte[] bits(byte[] octets) {
        for (int flips = 1 + random.nextInt(3); flips > 0 && octets.length > 0; flips--) {
            octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return octets;
    }

    /** A stretch is left out, doubled, moved or overwritten. */
    private byte[] splice(byte[] octets) {
        int from = random.nextInt(octets.length);
        int to = Math.min(octets.length, from + 1 + random.nextInt(64));
        byte[] stretch = Arrays.copyOfRange(octets, from, to);
        return switch (random.nextInt(4)) {
            case 0 -> join(Arrays.copyOf(octets, from), Arrays.copyOfRange(octets, to, octets.length));
            case 1 -> join(join(Arrays.copyOf(octets, to), stretch), Arrays.copyOfRange(octets, to, octets.length));
            case 2 -> {
                byte[] moved = octets.clone();
                int at = random.nextInt(octets.length - stretch.length + 1);
                System.arraycopy(stretch, 0, moved, at, stretch.length);
                yield moved;
            }
            default -> {
                byte[] noise = new byte[stretch.length];
                random.nextBytes(noise);
                byte[] overwritten = octets.clone();
                System.arraycopy(noise, 0, overwritten, from, noise.length);
                yield overwritten;
            }
        };
    }

    private byte[] inEntry(java.util.function.UnaryOperator<byte[]> change) {
        RawZip zip = RawZip.of(genuine);
        RawZip.Entry entry = zip.entries.get(random.nextInt(zip.entries.size()));
        entry.octets = change.apply(entry.octets.clone());
        return zip.write();
    }

    /** A tag or text is left out, doubled, exchanged with another or followed by a fragment. */
    private byte[] tokens(byte[] octets) {
        List<String> tokens = new ArrayList<>();
        Matcher found = TOKEN.matcher(new String(octets, StandardCharsets.UTF_8));
        while (found.find()) {
            tokens.add(found.group());
        }
        int at = random.nextInt(tokens.size());
        switch (random.nextInt(5)) {
            case 0 -> tokens.remove(at);
            case 1 -> tokens.add(at, tokens.get(at));
            case 2 -> java.util.Collections.swap(tokens, at, random.nextInt(tokens.size()));
            case 3 -> tokens.add(at, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
            default -> tokens.set(at, inside(tokens.get(at)));
        }
        return Forger.utf8(String.join("", tokens));
    }

    private String inside(String token) {
        int at = random.nextInt(token.length());
        return token.substring(0, at) + FRAGMENTS.get(random.nextInt(FRAGMENTS.size())) + token.substring(at);
    }

    private byte[] fields() {
        RawZip zip = RawZip.of(genuine);
        for (int lies = 1 + random.nextInt(2); lies > 0; lies--) {
            RawZip.Entry entry = zip.entries.get(random.nextInt(zip.entries.size()));
            Field field = Field.values()[random.nextInt(Field.values().length)];
            long value = random.nextBoolean() ? random.nextInt(64) : random.nextInt();
            switch (random.nextInt(3)) {
                case 0 -> entry.central(field, value);
                case 1 -> zip.end(4 + 2 * random.nextInt(9), 2, value);
                default -> {
                    if (field.isLocal()) {
                        entry.both(field, value);
                    } else {
                        entry.comment = new byte[1 + random.nextInt(9)];
                    }
                }
            }
        }
        return zip.write();
    }

    /** A part of another genuine message. */
    private byte[] crossing() {
        RawZip zip = RawZip.of(genuine);
        String name = NAMES.get(2 + random.nextInt(3));
        zip.entry(name).octets = other.entry(name).octets;
        if (random.nextBoolean()) {
            RawZip.Entry entry = zip.entries.get(random.nextInt(zip.entries.size()));
            entry.octets = bits(entry.octets.clone());
        }
        return zip.write();
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }
}
