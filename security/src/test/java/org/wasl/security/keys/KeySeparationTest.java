package org.wasl.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One key, one holder, one use; and what a declared token must be. */
class KeySeparationTest {

    @Test
    void check_whenOneKeyHasTwoUses_namesBoth() throws Exception {
        PublicKey key = key();
        List<KeySeparation.Claim> claims = List.of(
                new KeySeparation.Claim("JO/GOV/CSPD MESSAGE", key),
                new KeySeparation.Claim("JO/GOV/CSPD CHECKPOINT", key()),
                new KeySeparation.Claim("JO/GOV/CSPD TLS", key));

        assertThatThrownBy(() -> KeySeparation.check(claims))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("one key is used for JO/GOV/CSPD MESSAGE and for JO/GOV/CSPD TLS");
    }

    @Test
    void check_whenAKeyHasTwoCertificatesForOneUse_passes() throws Exception {
        PublicKey key = key();
        List<KeySeparation.Claim> claims = List.of(
                new KeySeparation.Claim("JO/GOV/CSPD MESSAGE", key),
                new KeySeparation.Claim("JO/GOV/CSPD MESSAGE", key));

        assertThat(KeySeparation.conflicts(claims)).isEmpty();
        assertThatCode(() -> KeySeparation.check(claims)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"relative/module.so", "/with space/module.so", "/with\nslot=1/module.so", "/${user.home}/m.so"})
    void declaration_whenTheLibraryCouldSayMoreThanAPath_refuses(String library) {
        assertThatThrownBy(() -> new TokenDeclaration(
                        Path.of(library), "wasl", null, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void declaration_whenTheTokenIsNamedTwiceOrNever_refuses() {
        Path library = Path.of("/usr/lib/module.so");
        Duration second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new TokenDeclaration(library, "wasl", 1L, 1, second, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenDeclaration(library, null, null, 1, second, second))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PublicKey key() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    }
}
