package org.wasl.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wasl.security.authority.TestAuthority.CSPD;
import static org.wasl.security.authority.TestAuthority.DVLD;

import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.CertificateOrder;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.authority.TestAuthority;
import org.wasl.security.crypto.P256;
import org.wasl.security.crypto.SignatureMethod;
import org.wasl.security.registry.CertificateUse;

/** What holds for members' keys wherever they are kept; each custody runs it. */
abstract class KeyCustodyContract {

    private static final byte[] TEXT = "to be signed".getBytes(StandardCharsets.UTF_8);

    private TestAuthority authority;
    private KeyCustody custody;

    abstract KeyCustody custody() throws Exception;

    @BeforeEach
    void open() throws Exception {
        authority = new TestAuthority("message-ca");
        custody = custody();
    }

    @AfterEach
    void close() {
        if (custody != null) {
            custody.close();
        }
    }

    @Test
    void generate_whenThereIsNone_makesAKeyThatNobodyCertified() throws Exception {
        HeldKey key = custody.generate(CSPD, CertificateUse.MESSAGE);

        assertThat(key.isUncertified()).isTrue();
        assertThat(key.use()).isEqualTo(CertificateUse.MESSAGE);
        assertThat(custody.keys(Set.of(CSPD))).singleElement().satisfies(found -> assertThat(found.certificate())
                .isEqualTo(key.certificate()));
        assertThat(custody.keys(Set.of(DVLD))).isEmpty();
    }

    @Test
    void generate_whenThereIsOne_makesAnotherBesideIt() throws Exception {
        HeldKey first = custody.generate(CSPD, CertificateUse.MESSAGE);
        HeldKey second = custody.generate(CSPD, CertificateUse.MESSAGE);

        assertThat(second.certificate().getPublicKey())
                .isNotEqualTo(first.certificate().getPublicKey());
        assertThat(custody.keys(Set.of(CSPD)))
                .extracting(HeldKey::name)
                .containsExactlyInAnyOrder(first.name(), second.name());
    }

    @Test
    void certify_whenTheCertificateIsTheKeys_signsWithIt() throws Exception {
        HeldKey key = certified(CSPD);

        SigningKey signing = custody.signingKey(key);

        assertThat(signing.member()).isEqualTo(CSPD);
        assertThat(signing.certificate()).isEqualTo(key.certificate());
        assertThat(signing.algorithm()).isEqualTo("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256");
        assertThat(verifies(signing, signing.sign(TEXT))).isTrue();
    }

    @Test
    void certify_whenTheCertificateIsForAnotherKey_refuses() throws Exception {
        HeldKey key = custody.generate(CSPD, CertificateUse.MESSAGE);
        KeyEntry other = authority.issue(CertificateProfile.MESSAGE, CSPD, Duration.ofDays(30));

        assertThatThrownBy(() -> custody.certify(key, other.chain())).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void stamp_whenAKeyIsCertified_differs() throws Exception {
        HeldKey key = custody.generate(CSPD, CertificateUse.MESSAGE);
        Object before = custody.stamp(Set.of(CSPD));
        assertThat(custody.stamp(Set.of(CSPD))).isEqualTo(before);

        custody.certify(key, List.of(certificate(key)));

        assertThat(custody.stamp(Set.of(CSPD))).isNotEqualTo(before);
    }

    @Test
    void sign_whenManyThreadsSign_allSignaturesVerifyInTheLowerForm() throws Exception {
        SigningKey signing = custody.signingKey(certified(CSPD));

        List<byte[]> values = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> signing.sign(TEXT))
                .toList();

        for (byte[] value : values) {
            assertThat(SignatureMethod.ECDSA_P256_SHA256.isWellFormed(
                            value, signing.certificate().getPublicKey()))
                    .isTrue();
            assertThat(verifies(signing, value)).isTrue();
        }
    }

    @Test
    void decryptionKey_whenItAgrees_hasTheSecretOfTheOtherSide() throws Exception {
        HeldKey key = opened().generate(CSPD, CertificateUse.ENCRYPTION);
        DecryptionKey decryption = custody.decryptionKey(key);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(P256.named());
        KeyPair ephemeral = generator.generateKeyPair();
        KeyAgreement other = KeyAgreement.getInstance("ECDH");
        other.init(ephemeral.getPrivate());
        other.doPhase(key.certificate().getPublicKey(), true);

        byte[] secret = decryption.agree((ECPublicKey) ephemeral.getPublic());

        assertThat(secret).hasSize(P256.COORDINATE_BYTES).isEqualTo(other.generateSecret());
        assertThat(decryption.certificate()).isEqualTo(key.certificate());
        assertThat(decryption.member()).isEqualTo(CSPD);
    }

    @Test
    void toString_ofKeys_tellsNoKey() throws Exception {
        HeldKey key = certified(CSPD);

        assertThat(key + " " + custody.signingKey(key) + " " + key.entry()).doesNotContain("private");
    }

    final HeldKey certified(MemberId member) throws Exception {
        HeldKey key = custody.generate(member, CertificateUse.MESSAGE);
        return custody.certify(key, List.of(certificate(key)));
    }

    final KeyCustody opened() {
        return custody;
    }

    private X509Certificate certificate(HeldKey key) throws GeneralSecurityException {
        return authority
                .authority()
                .issue(new CertificateOrder(
                        CertificateProfile.MESSAGE,
                        key.member().toString(),
                        "test",
                        key.certificate().getPublicKey(),
                        List.of(),
                        Duration.ofDays(30)));
    }

    static boolean verifies(SigningKey key, byte[] value) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(key.certificate());
        signature.update(TEXT);
        return signature.verify(value);
    }
}
