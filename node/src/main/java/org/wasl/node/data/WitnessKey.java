package org.wasl.node.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.wasl.messagelog.note.CheckpointSigner;
import org.wasl.messagelog.note.SignatureType;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.file.SecretFiles;
import org.wasl.security.keys.HeldKey;
import org.wasl.security.keys.Pkcs12Custody;
import org.wasl.security.registry.CertificateUse;

/**
 * The key of a witness that stands alone, in its directory, made at its first start; and the name that it was given then.
 *
 * @param signer cosigns with it
 * @param held the key as it is kept
 */
public record WitnessKey(CheckpointSigner signer, HeldKey held) {

    /** Keys are filed by member; a witness that stands alone is none, and its only key goes under this one. */
    private static final MemberId OWNER = MemberId.parse("NONE/WITNESS/own");

    /** As the registry's schema wants it. */
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final String NAME = "name";
    private static final int MAX_NAME_OCTETS = 1024;

    /**
     * The key of this directory.
     *
     * @param name what it is called; empty: as at its first start
     * @return empty when it has no name yet and none is given, or another one is
     */
    public static Optional<WitnessKey> obtain(Path directory, Optional<String> name)
            throws IOException, GeneralSecurityException {
        AtomicFile.directory(directory, Readers.OWNER);
        Path file = directory.resolve(NAME);
        Optional<String> kept = Files.exists(file)
                ? Optional.of(new String(AtomicFile.read(file, MAX_NAME_OCTETS), StandardCharsets.UTF_8).strip())
                : Optional.empty();
        Optional<String> called = kept.or(() -> name);
        if (called.isEmpty() || (name.isPresent() && !name.equals(called))) {
            return Optional.empty();
        }
        SecretFiles secrets = new SecretFiles(directory.resolve("secrets"));
        try (Pkcs12Custody custody = new Pkcs12Custody(directory.resolve("keys"), secrets)) {
            List<HeldKey> keys = custody.keys(Set.of(OWNER));
            HeldKey key = keys.isEmpty() ? custody.generate(OWNER, CertificateUse.WITNESS) : keys.get(0);
            CheckpointSigner signer =
                    new CheckpointSigner(called.get(), SignatureType.COSIGNATURE_V1, custody.checkpointKey(key));
            if (kept.isEmpty()) {
                AtomicFile.write(file, (called.get() + "\n").getBytes(StandardCharsets.UTF_8), Readers.EVERYBODY);
            }
            return Optional.of(new WitnessKey(signer, key));
        }
    }

    /** What the registry says of it, for the draft's {@code evidence}. */
    public String registryElement(String address) {
        return "<witness name=\"%s\" address=\"%s\" validFrom=\"%s\" validTo=\"%s\">%s</witness>"
                .formatted(
                        escaped(signer.verifierKey().name()),
                        escaped(address),
                        INSTANT.format(held.certificate().getNotBefore().toInstant()),
                        INSTANT.format(held.certificate().getNotAfter().toInstant()),
                        Base64.getEncoder()
                                .encodeToString(signer.verifierKey().key().getEncoded()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
