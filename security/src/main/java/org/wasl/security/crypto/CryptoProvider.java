package org.wasl.security.crypto;

import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.NoSuchPaddingException;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who computes signatures, digests and ciphers: Amazon Corretto's native provider where it loads (some thirty times as fast at
 * P-256 as JDK 17's own), otherwise BouncyCastle, with one warning. It is handed to each computation, never installed in
 * the JVM: what TLS, brokers and drivers use stays the platform's own affair. Safe for many threads.
 */
public final class CryptoProvider {

    private static final Logger LOG = LoggerFactory.getLogger(CryptoProvider.class);

    private static final String NATIVE_CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private final Provider provider;
    private final boolean nativeCode;

    private CryptoProvider(Provider provider, boolean nativeCode) {
        this.provider = provider;
        this.nativeCode = nativeCode;
    }

    /** Chosen once, at first use. */
    private static final class Chosen {
        private static final CryptoProvider VALUE = choose();
    }

    /** The provider that this process uses. */
    public static CryptoProvider chosen() {
        return Chosen.VALUE;
    }

    /** The provider for a machine on which the native one does not load. */
    static CryptoProvider portable() {
        return new CryptoProvider(new BouncyCastleProvider(), false);
    }

    private static CryptoProvider choose() {
        try {
            Provider found =
                    (Provider) Class.forName(NATIVE_CLASS).getField("INSTANCE").get(null);
            Object error = found.getClass().getMethod("getLoadingError").invoke(found);
            if (error == null) {
                return new CryptoProvider(found, true);
            }
            LOG.warn("The native crypto provider does not load ({}); signatures will be slower", error.toString());
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.warn(
                    "There is no native crypto provider for this machine ({}); signatures will be slower",
                    e.toString());
        }
        return portable();
    }

    /** The provider's name and version, for people. */
    public String name() {
        return provider.getName() + " " + provider.getVersionStr();
    }

    /** Whether it computes in native code. */
    public boolean isNative() {
        return nativeCode;
    }

    /** The provider itself, for libraries that take one. */
    public Provider provider() {
        return provider;
    }

    /**
     * A signature object for one computation.
     *
     * @param algorithm the JCA name, for example {@code SHA256withECDSAinP1363Format}
     * @throws IllegalArgumentException when neither the provider nor the platform knows the algorithm
     */
    public Signature signature(String algorithm) {
        try {
            return provider.getService("Signature", algorithm) == null
                    ? Signature.getInstance(algorithm)
                    : Signature.getInstance(algorithm, provider);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("no provider has the signature algorithm " + algorithm, e);
        }
    }

    /**
     * A key agreement for one computation.
     *
     * @param algorithm the JCA name, for example {@code ECDH}
     * @throws IllegalArgumentException when neither the provider nor the platform knows the algorithm
     */
    public KeyAgreement keyAgreement(String algorithm) {
        try {
            return provider.getService("KeyAgreement", algorithm) == null
                    ? KeyAgreement.getInstance(algorithm)
                    : KeyAgreement.getInstance(algorithm, provider);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("no provider has the key agreement " + algorithm, e);
        }
    }

    /**
     * A generator of key pairs for one use.
     *
     * @param algorithm the JCA name, for example {@code EC}
     * @throws IllegalArgumentException when neither the provider nor the platform knows the algorithm
     */
    public KeyPairGenerator keyPairGenerator(String algorithm) {
        try {
            return provider.getService("KeyPairGenerator", algorithm) == null
                    ? KeyPairGenerator.getInstance(algorithm)
                    : KeyPairGenerator.getInstance(algorithm, provider);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("no provider makes keys for " + algorithm, e);
        }
    }

    /**
     * A cipher for one computation.
     *
     * @param transformation the JCA name, for example {@code AES/GCM/NoPadding}
     * @throws IllegalArgumentException when neither the provider nor the platform knows it
     */
    public Cipher cipher(String transformation) {
        try {
            return provider.getService("Cipher", transformation) == null
                    ? Cipher.getInstance(transformation)
                    : Cipher.getInstance(transformation, provider);
        } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
            throw new IllegalArgumentException("no provider has the cipher " + transformation, e);
        }
    }

    /** SHA-256 of these octets: 32 octets. */
    public byte[] sha256(byte[] octets) {
        return sha256().digest(octets);
    }

    /** A SHA-256 computation for octets that come one after the other. */
    public MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256", provider);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the crypto provider lacks SHA-256", e);
        }
    }

    /** SHA-256 of these octets, as 64 lower-case hexadecimal digits. */
    public String sha256Hex(byte[] octets) {
        return HexFormat.of().formatHex(sha256(octets));
    }
}
