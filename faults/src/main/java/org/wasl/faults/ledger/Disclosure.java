package org.wasl.faults.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line of a back-end's own book.
 *
 * @param at when, by the back-end's clock
 * @param agency its member code
 * @param what it disclosed
 */
public record Disclosure(long at, String agency, String what) {

    private static final Pattern PERSON = Pattern.compile("(?<![0-9])9990[0-9]{6}(?![0-9])");
    private static final Pattern PARTITION = Pattern.compile("-([0-9]{2})\\.csv$");

    /** Whom it is about: a national number, or the two last digits of one where a file holds many; empty when it names nobody. */
    public Optional<String> subject() {
        Matcher person = PERSON.matcher(what);
        if (person.find()) {
            return Optional.of(person.group());
        }
        Matcher partition = PARTITION.matcher(what);
        return partition.find() ? Optional.of(partition.group(1)) : Optional.empty();
    }

    /** All books below a folder; a last line that was cut off by a kill was never answered, and does not count. */
    public static List<Disclosure> books(Path folder) throws IOException {
        List<Disclosure> all = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return all;
        }
        try (Stream<Path> books = Files.list(folder)) {
            for (Path book : books.filter(file -> file.toString().endsWith(".tsv"))
                    .sorted()
                    .toList()) {
                String agency = String.valueOf(book.getFileName()).replaceFirst("\\.tsv$", "");
                String text = Files.readString(book, StandardCharsets.UTF_8);
                for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
                    int tab = line.indexOf('\t');
                    if (tab > 0) {
                        all.add(new Disclosure(
                                Long.parseLong(line.substring(0, tab)), agency, line.substring(tab + 1)));
                    }
                }
            }
        }
        return all;
    }
}
