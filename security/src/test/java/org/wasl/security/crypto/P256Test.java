package org.wasl.security.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class P256Test {

    @Test
    void decode_whenThePointWasEncoded_givesTheSameKey() throws Exception {
        for (int i = 0; i < 50; i++) {
            ECPublicKey key = key("secp256r1");

            byte[] point = P256.encode(key);

            assertThat(point).hasSize(65).startsWith(4);
            assertThat(P256.decode(point).orElseThrow().getW()).isEqualTo(key.getW());
        }
    }

    @Test
    void decode_whenAnyBitIsFlipped_findsNoPointOfTheCurve() throws Exception {
        byte[] point = P256.encode(key("secp256r1"));

        for (int bit = 8; bit < point.length * 8; bit++) {
            byte[] other = point.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(P256.decode(other)).as("bit %d", bit).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // the origin; a coordinate of the prime itself; infinity; a compressed point
                "04 0000000000000000000000000000000000000000000000000000000000000000"
                        + "0000000000000000000000000000000000000000000000000000000000000000",
                "04 ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
                        + "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4",
                "00",
                "03 6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
                ""
            })
    void decode_whenTheOctetsAreNoPoint_isEmpty(String hex) {
        assertThat(P256.decode(HexFormat.of().parseHex(hex.replace(" ", "")))).isEmpty();
    }

    @Test
    void decode_whenThePointIsTooLong_isEmpty() throws Exception {
        byte[] point = P256.encode(key("secp256r1"));

        assertThat(P256.decode(Arrays.copyOf(point, 66))).isEmpty();
    }

    @Test
    void isKey_whenTheCurveIsAnother_isFalse() throws Exception {
        assertThat(P256.isKey(key("secp256r1"))).isTrue();
        assertThat(P256.isKey(key("secp384r1"))).isFalse();
        assertThat(P256.isKey(KeyPairGenerator.getInstance("Ed25519")
                        .generateKeyPair()
                        .getPublic()))
                .isFalse();
    }

    private static ECPublicKey key(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return (ECPublicKey) generator.generateKeyPair().getPublic();
    }
}
