package org.wasl.schemas.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The packs of a node, in the order of their codes; those that a registry's draft needs first come no sooner. */
public final class Packs {

    private static final Packs NONE = new Packs(List.of());

    private final List<Pack> all;

    private Packs(List<Pack> all) {
        this.all = List.copyOf(all);
    }

    /** No packs at all. */
    public static Packs none() {
        return NONE;
    }

    /**
     * Those that come with the program, wherever on the class path they lie.
     *
     * @throws UncheckedIOException when they cannot be read
     * @throws IllegalStateException when one is of no form that a pack may have: the program is built wrongly
     */
    public static Packs shipped() {
        try {
            return read(PackListing.shipped(), "the program's packs");
        } catch (IOException e) {
            throw new UncheckedIOException("the program's packs cannot be read", e);
        } catch (InvalidPackException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /**
     * Those of a directory: one folder each.
     *
     * @throws InvalidPackException when one is of no form that a pack may have, with every problem
     * @throws IOException when the directory cannot be read
     */
    public static Packs of(Path directory) throws IOException, InvalidPackException {
        return read(PackListing.of(directory), directory.toString());
    }

    private static Packs read(Map<String, byte[]> files, String origin) throws InvalidPackException {
        Map<String, TreeMap<String, byte[]>> byCode = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        files.forEach((name, octets) -> PackForm.place(name)
                .ifPresentOrElse(
                        place -> byCode.computeIfAbsent(place.code(), code -> new TreeMap<>())
                                .put(place.path(), octets),
                        () -> PackForm.problem(name).ifPresent(reason -> problems.add(origin + "/" + name + reason))));
        if (byCode.size() > PackForm.MAX_PACKS) {
            problems.add(origin + ": more than " + PackForm.MAX_PACKS + " packs");
        }
        if (!problems.isEmpty()) {
            throw new InvalidPackException(problems);
        }
        return new Packs(byCode.entrySet().stream()
                .map(entry -> new Pack(entry.getKey(), entry.getValue()))
                .toList());
    }

    /**
     * These and those.
     *
     * @throws InvalidPackException when both hold a pack of one code
     */
    public Packs and(Packs others) throws InvalidPackException {
        TreeSet<String> codes = new TreeSet<>();
        all.forEach(pack -> codes.add(pack.code()));
        List<String> twice = others.all.stream()
                .map(Pack::code)
                .filter(codes::contains)
                .map(code -> code + ": another pack has this code already")
                .toList();
        if (!twice.isEmpty()) {
            throw new InvalidPackException(twice);
        }
        List<Pack> both = new ArrayList<>(all);
        both.addAll(others.all);
        both.sort((one, other) -> one.code().compareTo(other.code()));
        return new Packs(both);
    }

    public List<Pack> all() {
        return all;
    }
}
