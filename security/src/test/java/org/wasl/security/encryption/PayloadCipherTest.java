package org.wasl.security.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wasl.security.encryption.EncryptionWorld.BINDING;
import static org.wasl.security.encryption.EncryptionWorld.PLAIN;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.authority.CertificateOrder;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.authority.TestAuthority;

class PayloadCipherTest {

    private static EncryptionWorld world;

    @BeforeAll
    static void members() throws GeneralSecurityException {
        world = new EncryptionWorld();
    }

    @Test
    void decrypt_whenEncryptedToSenderAndReceiver_givesEitherTheSameOctets() {
        String document = world.encrypted();

        assertThat(document).doesNotContain("9990045842").startsWith("<xenc:EncryptedData ");
        assertThat(world.decrypt(document, world.receiver))
                .isInstanceOfSatisfying(Decryption.Plain.class, plain -> assertThat(plain.octets())
                        .isEqualTo(PLAIN));
        assertThat(world.decrypt(document, world.sender))
                .isInstanceOfSatisfying(Decryption.Plain.class, plain -> assertThat(plain.octets())
                        .isEqualTo(PLAIN));
        assertThat(world.cipher.recipients(document.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(world.receiver.certificateDigest(), world.sender.certificateDigest());
    }

    @Test
    void decrypt_whenTheReaderIsNoRecipient_isNotForIt() {
        assertThat(world.decrypt(world.encrypted(), world.stranger))
                .isEqualTo(
                        new Decryption.Refused(FaultCode.ENCRYPTION_NOT_FOR_US, "none of the keys is for the reader"));
    }

    @Test
    void decrypt_whenTheReaderHasChangedItsKey_stillReadsWithTheOldOne() {
        assertThat(world.decrypt(world.encrypted(), world.stranger, world.receiver))
                .isInstanceOf(Decryption.Plain.class);
    }

    @Test
    void encrypt_whenAsIsAskedTwice_sharesNoOctetsOfKeyOrCiphertext() {
        String one = world.encrypted();
        String other = world.encrypted();

        assertThat(value(one, one.lastIndexOf("<xenc:CipherValue>")))
                .isNotEqualTo(value(other, other.lastIndexOf("<xenc:CipherValue>")));
        assertThat(value(one, one.indexOf("<dsig11:PublicKey>")))
                .isNotEqualTo(value(other, other.indexOf("<dsig11:PublicKey>")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 100_000, PayloadCipher.MAX_PLAIN_OCTETS})
    void decrypt_whenThePayloadHasThatManyOctets_givesThemBack(int octets) {
        byte[] plain = new byte[octets];
        new Random(octets).nextBytes(plain);

        byte[] document = world.cipher.encrypt(plain, world.both(), BINDING);

        assertThat(world.cipher.decrypt(document, EncryptionWorld.keys(world.receiver), BINDING))
                .isInstanceOfSatisfying(Decryption.Plain.class, read -> assertThat(read.octets())
                        .isEqualTo(plain));
    }

    @Test
    void encrypt_whenThePayloadIsTooLarge_refuses() {
        byte[] plain = new byte[PayloadCipher.MAX_PLAIN_OCTETS + 1];

        assertThatThrownBy(() -> world.cipher.encrypt(plain, world.both(), BINDING))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void encrypt_whenThereIsNoRecipientOrThereAreTooMany_refuses() {
        assertThatThrownBy(() -> world.cipher.encrypt(PLAIN, List.of(), BINDING))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        world.cipher.encrypt(PLAIN, Collections.nCopies(9, world.receiver.certificate()), BINDING))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void encrypt_whenTheRecipientsKeyIsOfAnotherCurve_refuses() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        KeyPair pair = generator.generateKeyPair();
        X509Certificate other = new TestAuthority("ca")
                .authority()
                .issue(new CertificateOrder(
                        CertificateProfile.ENCRYPTION, "JO", "test", pair.getPublic(), List.of(), Duration.ofDays(1)));

        assertThatThrownBy(() -> world.cipher.encrypt(PLAIN, List.of(other), BINDING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("P-256");
    }

    @Test
    void decrypt_whenManyThreadsDecrypt_allReadTheSame() {
        String document = world.encrypted();

        assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> world.decrypt(document, world.receiver)))
                .allSatisfy(read -> assertThat(read).isInstanceOf(Decryption.Plain.class));
    }

    private static String value(String document, int from) {
        int start = document.indexOf('>', from) + 1;
        return document.substring(start, document.indexOf('<', start));
    }
}
