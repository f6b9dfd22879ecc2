package org.wasl.security.registry;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/**
 * By what a change of the registry's files shows, without reading them.
 *
 * @param files each file's size, time and inode
 */
record FilesStamp(Map<String, String> files) {

    private static final int MAX_FILES = 100;

    /** Equal to no stamp of existing files. */
    static final FilesStamp NONE = new FilesStamp(Map.of("", ""));

    static FilesStamp of(Path directory) {
        Map<String, String> files = new TreeMap<>();
        add(files, directory.resolve(RegistrySource.REGISTRY));
        add(files, directory.resolve(RegistrySource.SIGNATURE));
        Path lists = directory.resolve(RegistrySource.REVOCATION_LISTS);
        if (Files.isDirectory(lists)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(lists, "*.crl")) {
                for (Path file : found) {
                    if (files.size() < MAX_FILES) {
                        add(files, file);
                    }
                }
            } catch (IOException e) {
                files.put(lists.toString(), e.getClass().getName());
            }
        }
        return new FilesStamp(Map.copyOf(files));
    }

    private static void add(Map<String, String> files, Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            files.put(
                    file.toString(),
                    attributes.size() + " " + attributes.lastModifiedTime() + " " + attributes.fileKey());
        } catch (NoSuchFileException e) {
            files.put(file.toString(), "absent");
        } catch (IOException e) {
            files.put(file.toString(), e.getClass().getName());
        }
    }
}
