package org.wasl.node.edge.audit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.wasl.schemas.pack.Pack;
import org.wasl.schemas.pack.Packs;
import org.wasl.security.registry.Label;

/**
 * The code list of purposes, with their names for people: the samples', and on top those of the operator's own file. A
 * line is {@code CODE.ar = …} or {@code CODE.en = …}, in UTF-8.
 */
public final class PurposeLabels {

    private static final String SAMPLES = "purposes.properties";
    private static final int MAX_FILE_BYTES = 256 * 1024;

    private final Map<String, Label> labels;

    private PurposeLabels(Map<String, Label> labels) {
        this.labels = Map.copyOf(labels);
    }

    /**
     * Reads the code list.
     *
     * @param own the operator's file; it need not be there
     * @throws IOException when one cannot be read, or a purpose has a name in one language only
     */
    public static PurposeLabels read(Path own) throws IOException {
        return read(Packs.none(), own);
    }

    /**
     * Reads the code list with those of packs.
     *
     * @param own the operator's file; it need not be there
     * @throws IOException when one cannot be read, or a purpose has a name in one language only
     */
    public static PurposeLabels read(Packs packs, Path own) throws IOException {
        Properties lines = new Properties();
        try (InputStream in = PurposeLabels.class.getResourceAsStream(SAMPLES)) {
            if (in == null) {
                throw new IOException("the program lacks its " + SAMPLES);
            }
            load(lines, in);
        }
        for (Pack pack : packs.all()) {
            Optional<byte[]> purposes = pack.octets(Pack.PURPOSES);
            if (purposes.isPresent()) {
                load(lines, new ByteArrayInputStream(purposes.get()));
            }
        }
        if (Files.isRegularFile(own)) {
            if (Files.size(own) > MAX_FILE_BYTES) {
                throw new IOException(own + " has more than " + MAX_FILE_BYTES + " octets");
            }
            try (InputStream in = Files.newInputStream(own)) {
                load(lines, in);
            }
        }
        Map<String, Label> labels = new TreeMap<>();
        for (String line : lines.stringPropertyNames()) {
            int dot = line.lastIndexOf('.');
            String code = dot < 0 ? line : line.substring(0, dot);
            String arabic = lines.getProperty(code + ".ar");
            String english = lines.getProperty(code + ".en");
            if (arabic == null || english == null) {
                throw new IOException("the purpose of " + line + " must have a name in Arabic (.ar) and English (.en)");
            }
            labels.put(code, new Label(arabic, english));
        }
        return new PurposeLabels(labels);
    }

    private static void load(Properties lines, InputStream in) throws IOException {
        try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            lines.load(reader);
        }
    }

    /** The purpose's names; its code when the list does not have it. */
    public Label of(String code) {
        return labels.getOrDefault(code, new Label(code, code));
    }
}
