package org.wasl.node.configuration;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.wasl.schemas.pack.InvalidPackException;
import org.wasl.schemas.pack.Pack;
import org.wasl.schemas.pack.Packs;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/**
 * Brings packs into the demonstration's draft, each once for every form that it takes: what the operator took out of the
 * draft afterwards stays out.
 */
final class PackedDraft {

    private static final String NOTED = "packs.properties";

    private final Path noted;

    /** @param authority the directory of the demonstration's authority */
    PackedDraft(Path authority) {
        this.noted = authority.resolve(NOTED);
    }

    /**
     * The draft with what it has not taken in yet; call {@link #note} once it is written.
     *
     * @throws InvalidPackException when a pack's part cannot be added
     */
    byte[] with(byte[] draft, Packs packs) throws IOException, InvalidPackException {
        Properties known = known();
        byte[] complete = draft;
        for (Pack pack : packs.all()) {
            Optional<String> digest = pack.octets(Pack.REGISTRY).map(PackedDraft::digest);
            if (digest.isPresent() && !digest.get().equals(known.getProperty(pack.code()))) {
                complete = DemoRegistry.with(complete, pack);
            }
        }
        return complete;
    }

    /** Notes what the draft has taken in. */
    void note(Packs packs) throws IOException {
        Properties known = known();
        TreeMap<Object, Object> now = new TreeMap<>(known);
        packs.all().forEach(pack -> pack.octets(Pack.REGISTRY).ifPresent(part -> now.put(pack.code(), digest(part))));
        if (now.equals(known)) {
            return;
        }
        StringWriter text = new StringWriter();
        now.forEach((code, digest) -> text.append(code + " = " + digest + "\n"));
        AtomicFile.write(noted, text.toString().getBytes(StandardCharsets.UTF_8), Readers.EVERYBODY);
    }

    private Properties known() throws IOException {
        Properties known = new Properties();
        if (Files.isRegularFile(noted)) {
            try (Reader reader = Files.newBufferedReader(noted, StandardCharsets.UTF_8)) {
                known.load(reader);
            }
        }
        return known;
    }

    private static String digest(byte[] part) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(part));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
