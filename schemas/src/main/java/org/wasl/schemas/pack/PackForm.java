package org.wasl.schemas.pack;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which files a pack may hold, and where. What has no place in it is a misspelling until proven otherwise. */
final class PackForm {

    static final int MAX_PACKS = 500;

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,126}");
    private static final Set<String> ROOT = Set.of(Pack.REGISTRY, Pack.PURPOSES, "README.md");
    private static final Map<String, Set<String>> FOLDERS = new TreeMap<>(Map.of(
            Pack.SCHEMAS, Set.of("xsd"),
            Pack.SAMPLES, Set.of("xml"),
            Pack.CONNECTORS, Set.of("yaml", "xsl", "wsdl"),
            Pack.COMPOSITES, Set.of("yaml"),
            Pack.PAYMENTS, Set.of("yaml"),
            Pack.BACK_END, Set.of("yaml", "sql")));

    private PackForm() {}

    /**
     * Where a file belongs.
     *
     * @param code the pack
     * @param path below the pack's folder
     */
    record Place(String code, String path) {}

    /** Where the file of this name, below the packs' directory, belongs; empty when nowhere. */
    static Optional<Place> place(String name) {
        String[] parts = name.split("/", -1);
        boolean known =
                switch (parts.length) {
                    case 2 -> ROOT.contains(parts[1]);
                    case 3 ->
                        FOLDERS.getOrDefault(parts[1], Set.of()).contains(ending(parts[2]))
                                && FILE.matcher(parts[2]).matches();
                    default -> false;
                };
        return known && CODE.matcher(parts[0]).matches()
                ? Optional.of(new Place(parts[0], name.substring(parts[0].length() + 1)))
                : Optional.empty();
    }

    /** What is wrong with a file that belongs nowhere; empty for one that stands beside the packs. */
    static Optional<String> problem(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length == 1) {
            return Optional.empty();
        }
        if (!CODE.matcher(parts[0]).matches()) {
            return Optional.of(": a pack's folder is named by small letters, digits and '-'");
        }
        if (parts.length == 2) {
            return Optional.of(": beside its folders a pack may hold " + String.join(", ", ROOT) + " only");
        }
        Set<String> endings = FOLDERS.get(parts[1]);
        if (endings == null) {
            return Optional.of(": a pack has no folder of this name; known are " + String.join(", ", FOLDERS.keySet()));
        }
        if (parts.length > 3) {
            return Optional.of(": a pack's folders hold no folders");
        }
        return Optional.of(": in '" + parts[1] + "' stand files of plain names that end with ."
                + String.join(", .", new java.util.TreeSet<>(endings)));
    }

    private static String ending(String file) {
        return file.substring(file.lastIndexOf('.') + 1);
    }
}
