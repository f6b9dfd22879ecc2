package org.wasl.node.screens;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The pictures of all pages, kept beside the documentation; written anew only when a page really looks different. */
final class Pictures {

    private static final Path FOLDER = Path.of(System.getProperty("wasl.root"), "docs", "screens");

    /** Times and numbers change at each run: that much of a picture may differ. */
    private static final double SAME = 0.03;

    private static final int TALLER = 40;

    private Pictures() {}

    static void keep(String name, byte[] png) throws IOException {
        Path file = FOLDER.resolve(name + ".png");
        if (Files.isRegularFile(file) && alike(Files.readAllBytes(file), png)) {
            return;
        }
        Files.createDirectories(FOLDER);
        Files.write(file, png);
    }

    private static boolean alike(byte[] before, byte[] now) throws IOException {
        BufferedImage one = ImageIO.read(new ByteArrayInputStream(before));
        BufferedImage other = ImageIO.read(new ByteArrayInputStream(now));
        if (one == null
                || one.getWidth() != other.getWidth()
                || Math.abs(one.getHeight() - other.getHeight()) > TALLER) {
            return false;
        }
        int height = Math.min(one.getHeight(), other.getHeight());
        long different = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                if (one.getRGB(x, y) != other.getRGB(x, y)) {
                    different++;
                }
            }
        }
        return different <= SAME * one.getWidth() * height;
    }
}
