package org.wasl.security.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.security.authority.TestAuthority.NOW;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.authority.OpenSsl;
import org.wasl.security.authority.Pem;
import org.wasl.security.authority.TestAuthority;
import org.wasl.security.keys.KeyEntry;

class RegistrySignatureTest {

    private static final byte[] OCTETS = "<registry/>\r\nسجل".getBytes(StandardCharsets.UTF_8);

    private final KeyEntry signer;

    RegistrySignatureTest() throws GeneralSecurityException {
        signer = TestAuthority.signer("registry authority");
    }

    @Test
    void refusal_whenTheAuthoritySignedTheseOctets_isNone() throws Exception {
        assertThat(RegistrySignature.refusal(OCTETS, sign(signer), signer.certificate(), NOW))
                .isEmpty();
    }

    @Test
    void refusal_whenAnotherSigned_namesThat() throws Exception {
        byte[] signature = sign(TestAuthority.signer("registry authority"));

        assertThat(RegistrySignature.refusal(OCTETS, signature, signer.certificate(), NOW))
                .hasValueSatisfying(fault -> {
                    assertThat(fault.code()).isEqualTo(FaultCode.REGISTRY_INVALID);
                    assertThat(fault.detail()).contains("another than the pinned authority");
                });
    }

    @Test
    void refusal_whenAnyOctetOfTheRegistryIsAltered_isGiven() throws Exception {
        byte[] signature = sign(signer);

        for (int i = 0; i < OCTETS.length; i++) {
            byte[] altered = OCTETS.clone();
            altered[i] ^= 1;
            assertThat(RegistrySignature.refusal(altered, signature, signer.certificate(), NOW))
                    .isPresent();
        }
    }

    @Test
    void refusal_whenTheSignatureIsCutOrRandom_isGivenAndNeverThrown() throws Exception {
        byte[] signature = sign(signer);

        for (int length = 0; length < signature.length; length++) {
            byte[] cut = Arrays.copyOf(signature, length);
            assertThat(RegistrySignature.refusal(OCTETS, cut, signer.certificate(), NOW))
                    .isPresent();
        }
        assertThat(RegistrySignature.refusal(OCTETS, OCTETS, signer.certificate(), NOW))
                .isPresent();
    }

    @Test
    void refusal_whenAnyOctetOfTheSignatureIsAltered_neverThrows() throws Exception {
        byte[] signature = sign(signer);

        for (int i = 0; i < signature.length; i++) {
            byte[] altered = signature.clone();
            altered[i] ^= 0x55;
            // Some octets are not covered, such as the certificate that travels along: what counts is that none throws.
            assertThat(RegistrySignature.refusal(OCTETS, altered, signer.certificate(), NOW))
                    .isNotNull();
        }
    }

    @Test
    void refusal_whenThePinnedCertificateHasEnded_isGiven() throws Exception {
        assertThat(RegistrySignature.refusal(
                        OCTETS, sign(signer), signer.certificate(), NOW.plus(Duration.ofDays(4000))))
                .hasValueSatisfying(fault -> assertThat(fault.detail()).contains("validity"));
    }

    @Test
    void sign_whenCheckedByOpenssl_verifies(@TempDir Path directory) throws Exception {
        OpenSsl.assumeInstalled();
        Files.write(directory.resolve("registry.xml"), OCTETS);
        Files.write(directory.resolve("registry.xml.p7s"), sign(signer));
        Files.write(directory.resolve("authority.pem"), Pem.certificates(List.of(signer.certificate())));

        OpenSsl.Outcome outcome = verify(directory);
        Files.write(directory.resolve("registry.xml"), "other".getBytes(StandardCharsets.UTF_8));
        OpenSsl.Outcome altered = verify(directory);

        assertThat(outcome.output()).contains("CMS Verification successful");
        assertThat(outcome.exit()).isZero();
        assertThat(altered.exit()).isNotZero();
    }

    private static OpenSsl.Outcome verify(Path directory) throws Exception {
        String at = Long.toString(NOW.getEpochSecond());
        return OpenSsl.run(
                directory,
                "cms",
                "-verify",
                "-binary",
                "-inform",
                "DER",
                "-in",
                "registry.xml.p7s",
                "-content",
                "registry.xml",
                "-CAfile",
                "authority.pem",
                "-attime",
                at,
                "-out",
                "out.bin");
    }

    private static byte[] sign(KeyEntry signer) throws GeneralSecurityException {
        return RegistrySignature.sign(OCTETS, signer.key(), signer.certificate());
    }
}
