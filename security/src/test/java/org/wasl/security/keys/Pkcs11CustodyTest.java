package org.wasl.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wasl.security.authority.TestAuthority.CSPD;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Registry;

/** Keys in a token of SoftHSM2. */
class Pkcs11CustodyTest extends KeyCustodyContract {

    private static final byte[] TEXT = "to be signed".getBytes(StandardCharsets.UTF_8);

    private SoftHsm hsm;

    @Override
    KeyCustody custody() throws Exception {
        hsm = SoftHsm.emptied();
        return new Pkcs11Custody(hsm.open());
    }

    @Test
    void generate_always_makesAKeyThatNobodyCanRead() throws Exception {
        HeldKey key = certified(CSPD);

        PrivateKey handle = key.entry().key();
        assertThat(key.extractable()).isFalse();
        assertThat(handle.getEncoded()).isNull();
        assertThat(handle.getFormat()).isNull();
        assertThat(hsm.objects())
                .contains("Access:     sensitive, always sensitive, never extractable, local")
                .contains("label:      message-JO.GOV.CSPD");
    }

    @Test
    void generate_forMessages_allowsSignaturesOnly() throws Exception {
        opened().generate(CSPD, CertificateUse.MESSAGE);

        assertThat(hsm.objects()).containsPattern("Usage: +sign\n");
    }

    @Test
    void generate_forCheckpoints_saysThatATokenCannot() {
        assertThatThrownBy(() -> opened().generate(CSPD, CertificateUse.CHECKPOINT))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("Ed25519");
    }

    @Test
    void open_whenTheKeysMustNotLeave_takesThem() throws Exception {
        HeldKey key = certified(CSPD);
        Registry none = new Registry("JO", 1, Instant.EPOCH, Instant.MAX, List.of(), List.of(), List.of());

        try (StoredMemberKeys keys = StoredMemberKeys.open(
                opened(),
                Set.of(CSPD),
                () -> none,
                new KeyTerms(true, List.of(), Duration.ofHours(1), Duration.ZERO),
                Clock.systemUTC())) {
            SigningKey signing = keys.messageKey(CSPD).orElseThrow();
            assertThat(signing.certificate()).isEqualTo(key.certificate());
            assertThat(verifies(signing, signing.sign(TEXT))).isTrue();
        }
    }

    @Test
    void sign_whenTheLoginWasLost_entersAnewAndSigns() throws Exception {
        SigningKey signing = opened().signingKey(certified(CSPD));
        signing.sign(TEXT);

        loseLogin();

        assertThat(verifies(signing, signing.sign(TEXT))).isTrue();
    }

    @Test
    void sign_whenThePinWasChangedMeanwhile_refusesWithoutTryingItTwice() throws Exception {
        HeldKey key = certified(CSPD);
        AtomicInteger reads = new AtomicInteger();
        Pkcs11Token own = Pkcs11Token.open(
                hsm.declaration(), () -> (reads.incrementAndGet() == 1 ? SoftHsm.PIN : "0000").toCharArray());
        SigningKey signing = new Pkcs11Custody(own).signingKey(key);
        signing.sign(TEXT);

        loseLogin();

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> signing.sign(TEXT)).isInstanceOf(KeyUnavailableException.class);
        }
        assertThat(reads).hasValue(2);
    }

    @Test
    void sign_whenAllSessionsAreTaken_isUnavailableInTime() throws Exception {
        HeldKey key = certified(CSPD);
        Pkcs11Token narrow = Pkcs11Token.open(hsm.declaration(1, Duration.ofMillis(50)), SoftHsm.PIN::toCharArray);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread busy = new Thread(() -> narrow.compute(key.name(), (handle, provider) -> {
            inside.countDown();
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return handle;
        }));
        busy.start();
        inside.await();

        try {
            SigningKey signing = new Pkcs11Custody(narrow).signingKey(key);
            assertThatThrownBy(() -> signing.sign(TEXT))
                    .isInstanceOf(KeyUnavailableException.class)
                    .hasMessageContaining("sessions");
        } finally {
            done.countDown();
            busy.join();
        }
    }

    @Test
    void open_whenNoTokenHasThatLabel_saysWhichThereAre() {
        TokenDeclaration other = new TokenDeclaration(
                hsm.declaration().library(), "absent", null, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));

        assertThatThrownBy(() -> Pkcs11Token.open(other, SoftHsm.PIN::toCharArray))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(hsm.label());
    }

    @Test
    void open_whenTheLibraryIsAbsent_refuses() {
        TokenDeclaration absent = new TokenDeclaration(
                Path.of("/nonexistent/library.so"), "any", null, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));

        assertThatThrownBy(() -> Pkcs11Token.open(absent, SoftHsm.PIN::toCharArray))
                .isInstanceOf(IOException.class);
    }

    /** Logs the whole process out, behind the back of whoever was in. */
    private void loseLogin() throws Exception {
        long slot = TokenSlots.slot(hsm.declaration().library(), hsm.label());
        AuthProvider other = (AuthProvider) Security.getProvider("SunPKCS11")
                .configure("--name=other\nlibrary=" + hsm.declaration().library() + "\nslot=" + slot + "\n");
        other.logout();
    }
}
