package org.wasl.faults.site;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A file system of its own for one folder, which can be filled without harm to anything else: an ext4 image on a loop device. */
public final class SmallDisk {

    private static final long MEGA = 1L << 20;
    private static final String BALLAST = "ballast";

    private final Path folder;
    private boolean mounted;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Whether such disks can be had: it takes root, and the programs. */
    public static boolean available() {
        return "root".equals(System.getProperty("user.name"))
                && Launcher.has("mkfs.ext4")
                && Launcher.has("mount")
                && Files.exists(Path.of("/dev/loop-control"));
    }

    /**
     * Mounts a new one.
     *
     * @param image where its blocks are kept; sparse
     * @param folder where it is mounted; made when it is not there
     */
    public static SmallDisk mount(Path image, Path folder, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(megabytes * MEGA);
        }
        Launcher.tool("mkfs.ext4", "-q", "-F", "-m", "0", "-E", "lazy_itable_init=0", image.toString());
        Launcher.tool("mount", "-o", "loop", image.toString(), folder.toString());
        SmallDisk disk = new SmallDisk(folder);
        disk.mounted = true;
        Files.deleteIfExists(folder.resolve("lost+found"));
        return disk;
    }

    public Path folder() {
        return folder;
    }

    /** Takes all but so much of what is free. */
    public void fill(long leaveBytes) throws IOException, InterruptedException {
        long free = Files.getFileStore(folder).getUsableSpace() - leaveBytes;
        if (free > 0) {
            // The last blocks hold the ballast's own tree; what is left of them is taken as far as it goes.
            Launcher.run(
                    new ProcessBuilder(
                            "fallocate",
                            "-l",
                            Long.toString(free),
                            folder.resolve(BALLAST).toString()),
                    Duration.ofMinutes(1));
        }
    }

    /** Gives back what was taken. */
    public void empty() throws IOException {
        Files.deleteIfExists(folder.resolve(BALLAST));
    }

    /** Unmounts it, whoever still uses it. */
    void unmount() throws IOException {
        if (!mounted) {
            return;
        }
        mounted = false;
        try {
            Launcher.tool("umount", "-l", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SiteException("interrupted while " + folder + " is unmounted");
        }
    }
}
