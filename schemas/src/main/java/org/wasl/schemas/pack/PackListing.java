package org.wasl.schemas.pack;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Lists the files of packs, in a directory or in the program's own jar, within bounds. */
final class PackListing {

    private static final String SHIPPED = "org/wasl/packs/";

    /** Stands beside the packs in every place that ships any: how such places are found. */
    private static final String MARKER = SHIPPED + "README.md";

    private static final int MAX_FILES = 5_000;
    private static final int MAX_FILE_BYTES = 512 * 1024;
    private static final int DEPTH = 4;

    private PackListing() {}

    static Map<String, byte[]> shipped() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        ClassLoader loader = PackListing.class.getClassLoader();
        for (URL marker : Collections.list(loader.getResources(MARKER))) {
            if ("file".equals(marker.getProtocol())) {
                files.putAll(of(path(marker).resolveSibling("")));
            } else {
                jar(marker, files);
            }
        }
        return files;
    }

    static Map<String, byte[]> of(Path directory) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        List<Path> found;
        try (Stream<Path> walked = Files.walk(directory, DEPTH)) {
            found = walked.filter(Files::isRegularFile).limit(MAX_FILES + 1L).toList();
        }
        for (Path file : found) {
            String name = directory.relativize(file).toString().replace('\\', '/');
            try (InputStream in = Files.newInputStream(file)) {
                put(files, name, in);
            }
        }
        return files;
    }

    private static void jar(URL marker, Map<String, byte[]> files) throws IOException {
        URLConnection connection = marker.openConnection();
        if (!(connection instanceof JarURLConnection inJar)) {
            throw new IOException("packs can be listed in directories and jars only: " + marker);
        }
        // Not of a cache that others close.
        inJar.setUseCaches(false);
        try (JarFile jar = inJar.getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (!entry.isDirectory() && entry.getName().startsWith(SHIPPED)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        put(files, entry.getName().substring(SHIPPED.length()), in);
                    }
                }
            }
        }
    }

    private static void put(Map<String, byte[]> files, String name, InputStream in) throws IOException {
        byte[] octets = in.readNBytes(MAX_FILE_BYTES + 1);
        if (octets.length > MAX_FILE_BYTES) {
            throw new IOException(name + ": a file of a pack may have " + MAX_FILE_BYTES + " octets");
        }
        if (files.size() == MAX_FILES) {
            throw new IOException("more than " + MAX_FILES + " files in packs");
        }
        files.put(name, octets);
    }

    private static Path path(URL url) throws IOException {
        try {
            return Path.of(new URI(url.toString()));
        } catch (URISyntaxException e) {
            throw new IOException("not a file: " + url, e);
        }
    }
}
