package org.wasl.routes.held;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.wasl.schemas.identifier.MemberId;

/**
 * The secret of one site, from which each member's keys are derived: one that names what is held, one that encrypts it.
 * All nodes of a site have the same; whoever loses it loses what is held, and nothing else.
 */
public final class SiteKey {

    private static final int LENGTH_BYTES = 32;
    private static final String HMAC = "HmacSHA256";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final byte[] octets;

    private SiteKey(byte[] octets) {
        this.octets = octets;
    }

    /**
     * The key of these octets.
     *
     * @throws IllegalArgumentException unless there are exactly 32
     */
    public static SiteKey of(byte[] octets) {
        if (octets.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a site's key must have " + LENGTH_BYTES + " octets");
        }
        return new SiteKey(octets.clone());
    }

    /**
     * Reads the key, 64 hexadecimal digits, from a file; when there is none, makes one that only its owner may read.
     *
     * @throws IOException when the file cannot be read or written, is no key, or others may read it
     */
    public static SiteKey loadOrCreate(Path file) throws IOException {
        byte[] fresh = new byte[LENGTH_BYTES];
        new SecureRandom().nextBytes(fresh);
        FileAttribute<?>[] attributes = posix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, attributes)) {
            ByteBuffer text = StandardCharsets.US_ASCII.encode(HexFormat.of().formatHex(fresh) + "\n");
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
            return new SiteKey(fresh);
        } catch (FileAlreadyExistsException e) {
            return load(file);
        }
    }

    private static SiteKey load(Path file) throws IOException {
        if (posix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file + " can be read by others than its owner: set its mode to 600");
        }
        try {
            return of(HexFormat.of()
                    .parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " does not hold a site's key of 64 hexadecimal digits", e);
        }
    }

    private static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** The key by which this member's names are made. */
    byte[] naming(MemberId member) {
        return hmac(octets, "wasl-held-name|" + member);
    }

    /** The key by which this member's values are encrypted. */
    byte[] sealing(MemberId member) {
        return hmac(octets, "wasl-held-seal|" + member);
    }

    /** What the nodes of this site know and others do not, to be part of their cluster's name. */
    public String clusterSuffix() {
        return HexFormat.of().formatHex(hmac(octets, "wasl-held-cluster"), 0, 16);
    }

    /** HMAC-SHA256 of this text in UTF-8. */
    static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }
}
