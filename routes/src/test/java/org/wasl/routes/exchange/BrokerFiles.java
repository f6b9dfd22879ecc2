package org.wasl.routes.exchange;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All that a broker keeps on disk, searched for values in every form in which it might hold them. */
final class BrokerFiles {

    private final Path directory;

    BrokerFiles(Path directory) {
        this.directory = directory;
    }

    /** Where any of these values stands: {@code file: value (form)}; each once. */
    List<String> find(List<String> values) throws IOException {
        TreeSet<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                find(values, file, found);
            }
        }
        return new ArrayList<>(found);
    }

    private void find(List<String> values, Path file, TreeSet<String> found) throws IOException {
        byte[] octets;
        try {
            octets = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            // The broker has just done with it.
            return;
        }
        // One character an octet, so that octets can be searched for as text.
        String content = new String(octets, StandardCharsets.ISO_8859_1);
        for (String value : values) {
            forms(value).forEach((form, sought) -> {
                if (content.contains(sought)) {
                    found.add(directory.relativize(file).getName(0) + ": " + value + " (" + form + ")");
                }
            });
        }
    }

    private static Map<String, String> forms(String value) {
        Map<String, String> forms = new LinkedHashMap<>();
        Map<String, Charset> charsets = Map.of(
                "UTF-8", StandardCharsets.UTF_8,
                "UTF-16LE", StandardCharsets.UTF_16LE,
                "UTF-16BE", StandardCharsets.UTF_16BE);
        charsets.forEach((name, charset) -> {
            byte[] octets = value.getBytes(charset);
            forms.put(name, new String(octets, StandardCharsets.ISO_8859_1));
            for (int offset = 0; offset < 3; offset++) {
                forms.put("Base64 of " + name + " at " + offset, base64(octets, offset));
            }
        });
        return forms;
    }

    /** What is certain of the Base64 of octets that stand at this place of a group of three, whatever is around them. */
    private static String base64(byte[] octets, int offset) {
        byte[] shifted = new byte[offset + octets.length];
        System.arraycopy(octets, 0, shifted, offset, octets.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = offset == 0 ? 0 : offset + 1;
        int to = shifted.length % 3 == 0 ? text.length() : text.length() - 1;
        return text.substring(from, to);
    }
}
