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

    /** What comes after this many pixels of a long page looks like what came before. */
    private static final int TALLEST = 2200;

    private Pictures() {}

    static void keep(String name, byte[] png) throws IOException {
        Path file = FOLDER.resolve(name + ".png");
        BufferedImage whole = ImageIO.read(new ByteArrayInputStream(png));
        BufferedImage now = whole.getSubimage(0, 0, whole.getWidth(), Math.min(whole.getHeight(), TALLEST));
        if (Files.isRegularFile(file) && alike(ImageIO.read(file.toFile()), now)) {
            return;
        }
        Files.createDirectories(FOLDER);
        ImageIO.write(now, "png", file.toFile());
    }

    private static boolean alike(BufferedImage one, BufferedImage other) {
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
