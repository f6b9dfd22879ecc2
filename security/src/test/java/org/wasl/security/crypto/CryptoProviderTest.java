package org.wasl.security.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasl.security.Corpora;

/** The chosen provider, and the one for machines without native code, against Wycheproof's vectors. */
class CryptoProviderTest {

    static Stream<CryptoProvider> providers() {
        return Stream.of(CryptoProvider.chosen(), CryptoProvider.portable());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void verify_whenWycheproofEcdsaP256_agreesWithEveryVerdict(CryptoProvider provider) throws Exception {
        assertThat(disagreements(provider, "ecdsa_secp256r1_sha256_test.json", "EC", "SHA256withECDSA"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void verify_whenWycheproofEd25519_agreesWithEveryVerdict(CryptoProvider provider) throws Exception {
        assertThat(disagreements(provider, "ed25519_test.json", "Ed25519", "Ed25519"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void sign_whenPlainFormat_givesSixtyFourOctetsThatTheOtherProviderVerifies(CryptoProvider provider)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        byte[] message = "وصل".getBytes(StandardCharsets.UTF_8);

        Signature signer = provider.signature("SHA256withECDSAinP1363Format");
        signer.initSign(pair.getPrivate());
        signer.update(message);
        byte[] signature = signer.sign();

        assertThat(signature).hasSize(64);
        for (CryptoProvider other : providers().toList()) {
            Signature verifier = other.signature("SHA256withECDSAinP1363Format");
            verifier.initVerify(pair.getPublic());
            verifier.update(message);
            assertThat(verifier.verify(signature)).as(other.name()).isTrue();
        }
    }

    @Test
    void chosen_whenLinuxOnX86_isNative() {
        boolean linuxX86 = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        assertThat(CryptoProvider.chosen().isNative()).isEqualTo(linuxX86);
    }

    @Test
    void sha256_whenEmpty_isTheKnownDigest() {
        assertThat(CryptoProvider.chosen().sha256Hex(new byte[0]))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void signature_whenAlgorithmUnknown_isRefused() {
        CryptoProvider provider = CryptoProvider.chosen();
        assertThatThrownBy(() -> provider.signature("SHA256withNothing")).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> disagreements(CryptoProvider provider, String file, String keyType, String algorithm)
            throws IOException, GeneralSecurityException {
        Path path = Corpora.folder("wycheproof").resolve(file);
        JsonNode document = new ObjectMapper().readTree(path.toFile());
        List<String> disagreements = new ArrayList<>();
        int seen = 0;
        for (JsonNode group : document.get("testGroups")) {
            PublicKey key = KeyFactory.getInstance(keyType)
                    .generatePublic(new X509EncodedKeySpec(
                            HexFormat.of().parseHex(group.get("publicKeyDer").asText())));
            for (JsonNode test : group.get("tests")) {
                seen++;
                boolean expected = !test.get("result").asText().equals("invalid");
                if (verifies(provider, algorithm, key, test) != expected) {
                    disagreements.add(provider.name() + " #" + test.get("tcId") + " " + test.get("comment"));
                }
            }
        }
        assertThat(seen).isEqualTo(document.get("numberOfTests").asInt());
        return disagreements;
    }

    private static boolean verifies(CryptoProvider provider, String algorithm, PublicKey key, JsonNode test)
            throws GeneralSecurityException {
        Signature verifier = provider.signature(algorithm);
        verifier.initVerify(key);
        verifier.update(HexFormat.of().parseHex(test.get("msg").asText()));
        try {
            return verifier.verify(HexFormat.of().parseHex(test.get("sig").asText()));
        } catch (java.security.SignatureException e) {
            // Malformed signatures may be told so: refused all the same.
            return false;
        }
    }
}
