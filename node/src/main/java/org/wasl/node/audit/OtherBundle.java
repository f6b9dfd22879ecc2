package org.wasl.node.audit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.wasl.messagelog.checkpoint.LogProof;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.messagelog.merkle.TreeHash;
import org.wasl.security.container.Container;

/** The bundle that the other side of a dispute handed over: looked into, never believed. */
final class OtherBundle {

    private static final int MAX_FILES = 20_000;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private OtherBundle() {}

    /**
     * Reads a bundle.
     *
     * @throws IOException when it is no zip, or larger than bundles are
     */
    static OtherBundle read(byte[] zip) throws IOException {
        OtherBundle bundle = new OtherBundle();
        long left = BundleFiles.MAX_OCTETS;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] octets = in.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE));
                left -= octets.length;
                if (left < 0 || bundle.files.size() == MAX_FILES) {
                    throw new BundleFiles.TooLargeException();
                }
                bundle.files.put(entry.getName(), octets);
            }
        }
        if (bundle.files.isEmpty()) {
            throw new IOException("this is no bundle");
        }
        return bundle;
    }

    /** A file's text; empty when there is none of that name. */
    String text(String name) {
        byte[] octets = files.get(name);
        return octets == null ? "" : new String(octets, StandardCharsets.UTF_8);
    }

    /**
     * A leaf that says that somebody received this very message, and stands in a tree that a registered log signed.
     *
     * @param member on whose behalf it was logged
     * @param index its index
     * @param atMillis when it was logged there
     * @param origin the log
     * @param file the leaf's file in that bundle
     */
    record Receipt(String member, long index, long atMillis, String origin, String file) {}

    /** That this member received these octets; empty when the bundle does not show it. */
    Optional<Receipt> receipt(Container message, String member, NoteKeys keys) {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!file.getKey().startsWith("leaves/") || !file.getKey().endsWith(".leaf")) {
                continue;
            }
            Optional<ReadLeaf> leaf = ReadLeaf.parse(file.getValue());
            if (leaf.isEmpty()
                    || !leaf.get().direction().equals("RECEIVED")
                    || !leaf.get().member().equals(member)
                    || !leaf.get()
                            .messageId()
                            .equals(message.header().messageId().toString())) {
                continue;
            }
            byte[] salt = files.get(BundleWriter.salt(leaf.get().index()));
            byte[] proof = files.get(BundleWriter.proof(leaf.get().index()));
            byte[] commitment = leaf.get().commitment();
            if (salt == null || proof == null || commitment == null) {
                continue;
            }
            Optional<LogProof> read = LogProof.parse(proof);
            boolean holds = MessageDigest.isEqual(new Payload(salt, message.octets()).commitment(), commitment)
                    && read.isPresent()
                    && read.get().index() == leaf.get().index()
                    && read.get().includes(TreeHash.leaf(file.getValue()))
                    && keys.logs(read.get().checkpoint().origin()).stream()
                            .anyMatch(read.get().note()::isSignedBy);
            if (holds) {
                return Optional.of(new Receipt(
                        member,
                        leaf.get().index(),
                        leaf.get().atMillis(),
                        read.get().checkpoint().origin(),
                        file.getKey()));
            }
        }
        return Optional.empty();
    }
}
