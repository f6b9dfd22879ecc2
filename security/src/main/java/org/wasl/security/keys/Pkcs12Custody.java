package org.wasl.security.keys;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.file.SecretFiles;
import org.wasl.security.registry.CertificateUse;

/**
 * Keys in PKCS#12 files, for development and for keys that no token can hold: {@code <directory>/<member code>/<use>.p12},
 * later ones beside it as {@code <use>-<anything>.p12}. All files of one member and use share one password.
 */
public final class Pkcs12Custody implements KeyCustody {

    private static final String ENDING = ".p12";
    private static final String ALIAS = "wasl";
    private static final int MAX_FILES = 256;

    private final Path directory;
    private final SecretFiles secrets;

    /**
     * @param directory where the members' directories are
     * @param secrets where the files' passwords are, named as {@link #secretName} says
     */
    public Pkcs12Custody(Path directory, SecretFiles secrets) {
        this.directory = directory;
        this.secrets = secrets;
    }

    /** The name of the secret that opens the member's keys of that use. */
    public static String secretName(MemberId member, CertificateUse use) {
        return prefix(use) + "-" + member.dotted();
    }

    @Override
    public List<HeldKey> keys(Set<MemberId> members) throws IOException, GeneralSecurityException {
        List<HeldKey> keys = new ArrayList<>();
        for (MemberId member : new TreeSet<>(members)) {
            for (CertificateUse use : CertificateUse.values()) {
                for (Path file : files(member, use)) {
                    keys.add(read(file, member, use));
                }
            }
        }
        return keys;
    }

    @Override
    public HeldKey generate(MemberId member, CertificateUse use) throws IOException, GeneralSecurityException {
        KeyPair pair = pair(use);
        return write(member, use, pair, List.of(SelfMade.certificate(pair, signer(pair), member, use)));
    }

    @Override
    public HeldKey generate(MemberId member, CertificateUse use, Certification certification)
            throws IOException, GeneralSecurityException {
        KeyPair pair = pair(use);
        return write(member, use, pair, certification.certify(pair.getPublic()));
    }

    private HeldKey write(MemberId member, CertificateUse use, KeyPair pair, List<X509Certificate> chain)
            throws IOException, GeneralSecurityException {
        Path own = AtomicFile.directory(directory.resolve(member.member()), Readers.OWNER);
        Path file = own.resolve(prefix(use) + ENDING);
        if (Files.exists(file)) {
            String id = CryptoProvider.chosen().sha256Hex(pair.getPublic().getEncoded());
            file = own.resolve(prefix(use) + "-" + id.substring(0, 16) + ENDING);
        }
        KeyEntry entry = new KeyEntry(pair.getPrivate(), chain);
        Pkcs12File.writeKey(file, ALIAS, entry, secrets.obtain(secretName(member, use)));
        return held(file, member, use, entry);
    }

    @Override
    public HeldKey certify(HeldKey key, List<X509Certificate> chain) throws IOException, GeneralSecurityException {
        Certificates.checkSameKey(key, chain);
        Path file = directory.resolve(key.member().member()).resolve(key.name() + ENDING);
        KeyEntry entry = new KeyEntry(key.entry().key(), chain);
        Pkcs12File.writeKey(file, ALIAS, entry, secrets.read(secretName(key.member(), key.use())));
        return held(file, key.member(), key.use(), entry);
    }

    @Override
    public SigningKey signingKey(HeldKey key) throws GeneralSecurityException {
        return Pkcs12SigningKey.of(key.member(), key.entry());
    }

    @Override
    public DecryptionKey decryptionKey(HeldKey key) throws GeneralSecurityException {
        return Pkcs12DecryptionKey.of(key.member(), key.entry());
    }

    @Override
    public CheckpointKey checkpointKey(HeldKey key) throws GeneralSecurityException {
        return new Pkcs12CheckpointKey(key);
    }

    @Override
    public Object stamp(Set<MemberId> members) {
        Map<String, String> stamp = new HashMap<>();
        for (MemberId member : members) {
            for (CertificateUse use : CertificateUse.values()) {
                try {
                    for (Path file : files(member, use)) {
                        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                        stamp.put(file.toString(), now.size() + " " + now.lastModifiedTime() + " " + now.fileKey());
                    }
                } catch (IOException e) {
                    // Says that something is to be seen here; whoever then reads meets the same failure.
                    stamp.put(member + " " + use, e.toString());
                }
            }
        }
        return Map.copyOf(stamp);
    }

    /** Nothing is held open. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return "PKCS#12 files in " + directory;
    }

    private HeldKey read(Path file, MemberId member, CertificateUse use) throws IOException, GeneralSecurityException {
        return held(file, member, use, Pkcs12File.readKey(file, secrets.read(secretName(member, use))));
    }

    private static HeldKey held(Path file, MemberId member, CertificateUse use, KeyEntry entry) {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - ENDING.length());
        return new HeldKey(
                name,
                file.toString(),
                member,
                use,
                entry,
                CryptoProvider.chosen().provider(),
                true);
    }

    private List<Path> files(MemberId member, CertificateUse use) throws IOException {
        Path own = directory.resolve(member.member());
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(own, prefix(use) + "{" + ENDING + ",-*" + ENDING + "}")) {
            for (Path file : found) {
                if (files.size() == MAX_FILES) {
                    throw new IOException(own + " holds more than " + MAX_FILES + " keys of one use");
                }
                files.add(file);
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        files.sort(null);
        return files;
    }

    private static String prefix(CertificateUse use) {
        return use.fileName();
    }

    private static KeyPair pair(CertificateUse use) throws GeneralSecurityException {
        if (use.signsNotes()) {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** The platform's own, which takes the keys that the platform made. */
    private static Provider signer(KeyPair pair) throws GeneralSecurityException {
        String algorithm = pair.getPublic().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519";
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(pair.getPrivate());
        return signature.getProvider();
    }
}
