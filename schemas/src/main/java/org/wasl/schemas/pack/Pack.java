package org.wasl.schemas.pack;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one agency, or one composite service, declares in one folder: nothing else in the program names it.
 *
 * @param code the folder's name
 * @param files its files by their path below the folder; the octets are shared, never written to
 */
public record Pack(String code, SortedMap<String, byte[]> files) {

    /** Members, services and agreements, as a part of a registry's draft. */
    public static final String REGISTRY = "registry.xml";

    /** The purposes that its agreements name, with their names for people. */
    public static final String PURPOSES = "purposes.properties";

    /** The schemas of its records. */
    public static final String SCHEMAS = "schemas";

    /** Records as its services give them, each valid against its schema. */
    public static final String SAMPLES = "samples";

    /** How its back-ends are reached, and how what they answer becomes records. */
    public static final String CONNECTORS = "connectors";

    /** Composite services. */
    public static final String COMPOSITES = "composites";

    /** How what is owed is paid. */
    public static final String PAYMENTS = "payments";

    /** A sample back-end, for the demonstration. */
    public static final String BACK_END = "backend";

    public Pack {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** The paths of the files in that folder whose names end so, in their order. */
    public List<String> names(String folder, String ending) {
        return files.keySet().stream()
                .filter(name -> name.startsWith(folder + "/") && name.endsWith(ending))
                .toList();
    }

    /** A file's octets; empty when it is not there. */
    public Optional<byte[]> octets(String path) {
        return Optional.ofNullable(files.get(path)).map(byte[]::clone);
    }

    /** A file's text, UTF-8; empty when it is not there. */
    public Optional<String> text(String path) {
        return Optional.ofNullable(files.get(path)).map(octets -> new String(octets, StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "pack " + code;
    }
}
