package org.wasl.security.container;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A container taken apart, to be put together wrongly. */
public final class Parts {

    private final List<StoredZip.Entry> entries = new ArrayList<>();

    public static Parts of(Container container) {
        Parts parts = new Parts();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(container.octets()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.add(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return parts;
    }

    public Parts add(String name, byte[] octets) {
        entries.add(new StoredZip.Entry(name, octets));
        return this;
    }

    public Parts remove(String name) {
        entries.removeIf(entry -> entry.name().equals(name));
        return this;
    }

    public Parts swap(int one, int other) {
        StoredZip.Entry entry = entries.get(one);
        entries.set(one, entries.get(other));
        entries.set(other, entry);
        return this;
    }

    public Parts octets(String name, byte[] octets) {
        entries.replaceAll(entry -> entry.name().equals(name) ? new StoredZip.Entry(name, octets) : entry);
        return this;
    }

    public Parts text(String name, UnaryOperator<String> change) {
        String before = text(name);
        String after = change.apply(before);
        if (after.equals(before)) {
            throw new AssertionError("the test changes nothing in " + name);
        }
        return octets(name, after.getBytes(StandardCharsets.UTF_8));
    }

    public Parts replace(String name, String from, String to) {
        return text(name, text -> text.replace(from, to));
    }

    public String text(String name) {
        return new String(octets(name), StandardCharsets.UTF_8);
    }

    public byte[] octets(String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .map(StoredZip.Entry::octets)
                .findFirst()
                .orElseThrow();
    }

    /** The entries' names, in their order. */
    public List<String> names() {
        return entries.stream().map(StoredZip.Entry::name).toList();
    }

    public byte[] zip() {
        return StoredZip.write(entries);
    }
}
