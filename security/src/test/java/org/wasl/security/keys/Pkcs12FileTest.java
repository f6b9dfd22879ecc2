package org.wasl.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.security.authority.CertificateAuthority;
import org.wasl.security.authority.OpenSsl;
import org.wasl.security.file.SecretFiles;

/** What is written is what others read: the platform's key stores and OpenSSL. */
class Pkcs12FileTest {

    private static final int PLATFORM_ROUNDS = 10_000;

    @TempDir
    Path directory;

    private Path file;
    private String random;
    private KeyEntry entry;

    @BeforeEach
    void make() throws Exception {
        file = directory.resolve("any.p12");
        random = new SecretFiles(directory.resolve("secrets")).obtain("any");
        entry = CertificateAuthority.createSigner("Ministry", "Signer", Clock.systemUTC());
    }

    @Test
    void length_isThatOfASecretMadeHere() {
        assertThat(random).hasSize(SecretFiles.LENGTH);
    }

    @Test
    void key_underARandomPassword_isReadAgain() throws Exception {
        Pkcs12File.writeKey(file, "wasl", entry, random);

        assertThat(Pkcs12File.readKey(file, random)).isEqualTo(entry);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Files.readAllBytes(file)), random.toCharArray());
        assertThat(store.isKeyEntry("wasl")).isTrue();
        assertThat(store.getCertificateChain("wasl")).containsExactlyElementsOf(entry.chain());
        assertThat(rounds()).isEqualTo(Pkcs12Builder.ROUNDS);
    }

    @Test
    void key_withIssuersCertificate_keepsItsChain() throws Exception {
        KeyEntry root = CertificateAuthority.createRoot("Ministry", "Root", Clock.systemUTC());
        KeyEntry both = new KeyEntry(root.key(), List.of(root.certificate(), entry.certificate()));

        Pkcs12File.writeKey(file, "wasl", both, random);

        assertThat(Pkcs12File.readKey(file, random).certificate()).isEqualTo(root.certificate());
    }

    @Test
    void key_underAPersonsPassword_hasThePlatformsRounds() throws Exception {
        Pkcs12File.writeKey(file, "wasl", entry, "a person's password");

        assertThat(Pkcs12File.readKey(file, "a person's password")).isEqualTo(entry);
        assertThat(rounds()).isGreaterThanOrEqualTo(PLATFORM_ROUNDS);
    }

    @Test
    void key_withAnotherPasswordOrAlteredOctets_isRefused() throws Exception {
        Pkcs12File.writeKey(file, "wasl", entry, random);
        byte[] octets = Files.readAllBytes(file);

        assertThatThrownBy(() -> Pkcs12File.readKey(file, random.substring(1) + "A"))
                .isInstanceOf(IOException.class);
        // The certificate stands in the clear, but nothing of it can be changed, not even what no parser looks into.
        octets[end(octets, entry.certificate().getSignature()) - 1] ^= 1;
        Files.write(file, octets);
        assertThatThrownBy(() -> Pkcs12File.readKey(file, random)).isInstanceOf(IOException.class);
    }

    private static int end(byte[] octets, byte[] part) {
        int start = 0;
        while (!Arrays.equals(octets, start, start + part.length, part, 0, part.length)) {
            start++;
        }
        return start + part.length;
    }

    @Test
    void trust_isTrustedByThePlatform() throws Exception {
        for (String password : List.of(random, "a person's password")) {
            Pkcs12File.writeTrust(file, List.of(entry.certificate()), password);

            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(Files.readAllBytes(file)), password.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            assertThat(((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers())
                    .containsExactly(entry.certificate());
        }
    }

    @Test
    void key_underARandomPassword_isReadByOpenSsl() throws Exception {
        OpenSsl.assumeInstalled();
        Pkcs12File.writeKey(file, "wasl", entry, random);

        OpenSsl.Outcome read =
                OpenSsl.run(directory, "pkcs12", "-in", file.toString(), "-passin", "pass:" + random, "-nodes");

        assertThat(read.exit()).as(read.output()).isZero();
        assertThat(read.output()).contains("BEGIN PRIVATE KEY", "BEGIN CERTIFICATE", "friendlyName: wasl");
    }

    private int rounds() throws IOException {
        return Pfx.getInstance(Files.readAllBytes(file))
                .getMacData()
                .getIterationCount()
                .intValueExact();
    }
}
