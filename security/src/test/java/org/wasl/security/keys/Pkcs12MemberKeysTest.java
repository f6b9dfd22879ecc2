package org.wasl.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wasl.security.authority.TestAuthority.CSPD;
import static org.wasl.security.authority.TestAuthority.DVLD;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.security.authority.CertificateOrder;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.authority.TestAuthority;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.file.SecretFiles;

class Pkcs12MemberKeysTest {

    private static final byte[] TEXT = "to be signed".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    @Test
    void load_whenTheFilesAreThere_signsForEachMemberAndForNoOther() throws Exception {
        TestAuthority authority = new TestAuthority("message-ca");
        KeyEntry entry = authority.issue(CertificateProfile.MESSAGE, CSPD, Duration.ofDays(30));
        SecretFiles secrets = write(entry);

        Pkcs12MemberKeys keys = Pkcs12MemberKeys.load(directory, secrets, Set.of(CSPD));

        SigningKey key = keys.messageKey(CSPD).orElseThrow();
        byte[] value = key.sign(TEXT);
        assertThat(value).hasSize(64);
        assertThat(key.member()).isEqualTo(CSPD);
        assertThat(key.certificate()).isEqualTo(entry.certificate());
        assertThat(key.algorithm()).isEqualTo("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256");
        assertThat(verifies("SHA256withECDSAinP1363Format", key, value)).isTrue();
        assertThat(keys.members()).containsExactly(CSPD);
        assertThat(keys.messageKey(DVLD)).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Pkcs12MemberKeys.file(directory, CSPD))))
                .isEqualTo("rw-------");
    }

    @Test
    void sign_whenManyThreadsSign_allSignaturesVerify() throws Exception {
        SecretFiles secrets =
                write(new TestAuthority("ca").issue(CertificateProfile.MESSAGE, CSPD, Duration.ofDays(30)));
        SigningKey key = Pkcs12MemberKeys.load(directory, secrets, Set.of(CSPD))
                .messageKey(CSPD)
                .orElseThrow();

        List<byte[]> values =
                IntStream.range(0, 200).parallel().mapToObj(i -> key.sign(TEXT)).toList();

        for (byte[] value : values) {
            assertThat(verifies("SHA256withECDSAinP1363Format", key, value)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Ed25519, 255, http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519, Ed25519",
        "RSA, 3072, http://www.w3.org/2001/04/xmldsig-more#rsa-sha256, SHA256withRSA"
    })
    void load_whenTheKeyIsOfAnotherAcceptedKind_signsWithItsAlgorithm(
            String kind, int bits, String algorithm, String jcaName) throws Exception {
        SecretFiles secrets = write(entry(kind, bits));

        SigningKey key = Pkcs12MemberKeys.load(directory, secrets, Set.of(CSPD))
                .messageKey(CSPD)
                .orElseThrow();

        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(verifies(jcaName, key, key.sign(TEXT))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "EC, 384"})
    void load_whenTheKeyIsNotAccepted_refuses(String kind, int bits) throws Exception {
        SecretFiles secrets = write(entry(kind, bits));

        assertThatThrownBy(() -> Pkcs12MemberKeys.load(directory, secrets, Set.of(CSPD)))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void load_whenThePasswordIsWrong_refuses() throws Exception {
        write(new TestAuthority("ca").issue(CertificateProfile.MESSAGE, CSPD, Duration.ofDays(30)));

        assertThatThrownBy(() -> Pkcs12SigningKey.load(CSPD, Pkcs12MemberKeys.file(directory, CSPD), "wrong"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void decryptionKey_whenTheMemberHasKeysOfTodayAndBefore_findsEachByItsCertificate() throws Exception {
        TestAuthority authority = new TestAuthority("ca");
        SecretFiles secrets = write(authority.issue(CertificateProfile.MESSAGE, CSPD, Duration.ofDays(30)));
        KeyEntry today = authority.issue(CertificateProfile.MESSAGE, CSPD, Duration.ofDays(30));
        KeyEntry before = authority.issue(CertificateProfile.MESSAGE, CSPD, Duration.ofDays(30));
        String secret = secrets.obtain(Pkcs12MemberKeys.encryptionSecretName(CSPD));
        Pkcs12File.writeKey(Pkcs12MemberKeys.encryptionFile(directory, CSPD), "any", today, secret);
        Pkcs12File.writeKey(
                Pkcs12MemberKeys.encryptionFile(directory, CSPD).resolveSibling("encryption-2025.p12"),
                "any",
                before,
                secret);

        Pkcs12MemberKeys keys = Pkcs12MemberKeys.load(directory, secrets, Set.of(CSPD));

        for (KeyEntry entry : List.of(today, before)) {
            DecryptionKey key = keys.decryptionKey(digest(entry)).orElseThrow();
            KeyPair ephemeral = TestAuthority.newKey();
            assertThat(key.member()).isEqualTo(CSPD);
            assertThat(key.certificate()).isEqualTo(entry.certificate());
            assertThat(key.agree((ECPublicKey) ephemeral.getPublic()))
                    .isEqualTo(agreed(ephemeral, entry.certificate()))
                    .hasSize(32);
            assertThat(key).hasToString("decryption key of JO/GOV/CSPD");
        }
        assertThat(keys.decryptionKey("00".repeat(32))).isEmpty();
    }

    @Test
    void load_whenADecryptionKeyIsNotOfP256_refuses() throws Exception {
        SecretFiles secrets =
                write(new TestAuthority("ca").issue(CertificateProfile.MESSAGE, CSPD, Duration.ofDays(30)));
        String secret = secrets.obtain(Pkcs12MemberKeys.encryptionSecretName(CSPD));
        Pkcs12File.writeKey(Pkcs12MemberKeys.encryptionFile(directory, CSPD), "any", entry("EC", 384), secret);

        assertThatThrownBy(() -> Pkcs12MemberKeys.load(directory, secrets, Set.of(CSPD)))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("P-256");
    }

    private static String digest(KeyEntry entry) throws GeneralSecurityException {
        return CryptoProvider.chosen().sha256Hex(entry.certificate().getEncoded());
    }

    private static byte[] agreed(KeyPair own, X509Certificate other) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own.getPrivate());
        agreement.doPhase(other.getPublicKey(), true);
        return agreement.generateSecret();
    }

    private static KeyEntry entry(String kind, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        if (!kind.equals("Ed25519")) {
            generator.initialize(bits);
        }
        KeyPair pair = generator.generateKeyPair();
        X509Certificate certificate = new TestAuthority("ca")
                .authority()
                .issue(new CertificateOrder(
                        CertificateProfile.MESSAGE,
                        CSPD.toString(),
                        "test",
                        pair.getPublic(),
                        List.of(),
                        Duration.ofDays(30)));
        return new KeyEntry(pair.getPrivate(), List.of(certificate));
    }

    private SecretFiles write(KeyEntry entry) throws IOException, GeneralSecurityException {
        SecretFiles secrets = new SecretFiles(directory.resolve("secrets"));
        Path file = Pkcs12MemberKeys.file(directory, CSPD);
        Files.createDirectories(file.getParent());
        Pkcs12File.writeKey(file, "any", entry, secrets.obtain(Pkcs12MemberKeys.secretName(CSPD)));
        return secrets;
    }

    private static boolean verifies(String algorithm, SigningKey key, byte[] value) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initVerify(key.certificate());
        signature.update(TEXT);
        return signature.verify(value);
    }
}
