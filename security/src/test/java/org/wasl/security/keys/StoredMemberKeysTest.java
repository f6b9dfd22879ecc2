package org.wasl.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wasl.security.authority.TestAuthority.CSPD;
import static org.wasl.security.authority.TestAuthority.DVLD;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.CertificateOrder;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.authority.TestAuthority;
import org.wasl.security.file.SecretFiles;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;

/** Which of a member's message keys signs, while keys and registry change under a running node. */
class StoredMemberKeysTest {

    private static final byte[] TEXT = "to be signed".getBytes(StandardCharsets.UTF_8);
    private static final Duration SETTLING = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private final List<RegisteredCertificate> listed = new ArrayList<>();
    private final SettableClock clock = new SettableClock(Instant.now());
    private TestAuthority authority;
    private Pkcs12Custody custody;
    private StoredMemberKeys keys;

    @BeforeEach
    void custody() throws Exception {
        authority = new TestAuthority("message-ca");
        custody = new Pkcs12Custody(directory.resolve("keys"), new SecretFiles(directory.resolve("secrets")));
    }

    @AfterEach
    void close() {
        if (keys != null) {
            keys.close();
        }
    }

    @Test
    void messageKey_whenANewKeyIsCertifiedButNotListed_staysTheOldOne() throws Exception {
        HeldKey old = certified(CSPD);
        list(old, Instant.EPOCH);
        open(terms());

        certified(CSPD);
        keys.refresh();

        assertThat(used()).isEqualTo(old.certificate());
    }

    @Test
    void messageKey_whenTheNewKeyIsListedAndSettled_isTheNewOne() throws Exception {
        HeldKey old = certified(CSPD);
        list(old, Instant.EPOCH);
        open(terms());
        HeldKey renewed = certified(CSPD);
        keys.refresh();

        list(renewed, clock.instant());
        assertThat(used()).as("other nodes may not have that registry yet").isEqualTo(old.certificate());
        clock.advance(SETTLING);

        assertThat(used()).isEqualTo(renewed.certificate());
    }

    @Test
    void messageKey_whenTheOldKeyIsCompromised_isTheNewOneAtOnce() throws Exception {
        HeldKey old = certified(CSPD);
        list(old, Instant.EPOCH);
        open(terms());
        HeldKey renewed = certified(CSPD);
        keys.refresh();
        list(renewed, clock.instant());

        listed.set(
                0,
                new RegisteredCertificate(
                        CertificateUse.MESSAGE, old.certificate(), Instant.EPOCH, Instant.MAX, clock.instant()));

        assertThat(used()).isEqualTo(renewed.certificate());
    }

    @Test
    void messageKey_whenTheFileIsReplacedInPlace_isTheOldOneUntilTheNewOneIsListed() throws Exception {
        HeldKey old = certified(CSPD);
        list(old, Instant.EPOCH);
        open(terms());

        KeyEntry next = authority.issue(CertificateProfile.MESSAGE, CSPD, Duration.ofDays(30));
        SecretFiles secrets = new SecretFiles(directory.resolve("secrets"));
        String password = secrets.read(Pkcs12Custody.secretName(CSPD, CertificateUse.MESSAGE));
        Pkcs12File.writeKey(Path.of(old.place()), "any", next, password);
        keys.refresh();

        assertThat(used()).isEqualTo(old.certificate());
        listed.add(new RegisteredCertificate(
                CertificateUse.MESSAGE, next.certificate(), clock.instant(), Instant.MAX, null));
        keys.messageKey(CSPD);
        clock.advance(SETTLING);
        assertThat(used()).isEqualTo(next.certificate());
        assertThat(keys.messageKey(CSPD).orElseThrow().sign(TEXT)).hasSize(64);
    }

    @Test
    void messageKey_whenAKeyIsNotCertifiedYet_isNeverThatOne() throws Exception {
        HeldKey old = certified(CSPD);
        open(terms());

        custody.generate(CSPD, CertificateUse.MESSAGE);
        keys.refresh();

        assertThat(used()).isEqualTo(old.certificate());
        assertThat(keys.held()).hasSize(2);
    }

    @Test
    void refresh_whenAFileIsNoKey_refusesAndTheLoadedKeysGoOn() throws Exception {
        HeldKey old = certified(CSPD);
        open(terms());

        Files.writeString(Path.of(old.place()).resolveSibling("message-bad.p12"), "no key");

        assertThatThrownBy(() -> keys.refresh()).isInstanceOf(java.io.IOException.class);
        assertThat(used()).isEqualTo(old.certificate());
    }

    @Test
    void open_whenAMemberHasNoCertifiedKey_refuses() throws Exception {
        custody.generate(CSPD, CertificateUse.MESSAGE);

        assertThatThrownBy(() -> open(terms()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("no message key of JO/GOV/CSPD");
    }

    @Test
    void open_whenAKeyCouldLeaveItsStoreAndMustNot_refuses() throws Exception {
        certified(CSPD);

        assertThatThrownBy(() -> open(new KeyTerms(true, List.of(), Duration.ofHours(1), SETTLING)))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("demands");
    }

    @Test
    void open_whenOneKeyServesTwoMembers_refuses() throws Exception {
        HeldKey key = certified(CSPD);
        HeldKey other = custody.generate(DVLD, CertificateUse.MESSAGE);
        String password = new SecretFiles(directory.resolve("secrets"))
                .read(Pkcs12Custody.secretName(DVLD, CertificateUse.MESSAGE));
        Pkcs12File.writeKey(Path.of(other.place()), "any", key.entry(), password);

        assertThatThrownBy(() -> StoredMemberKeys.open(custody, Set.of(CSPD, DVLD), this::registry, terms(), clock))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("one key is used for JO/GOV/CSPD MESSAGE and for JO/GOV/DVLD MESSAGE");
    }

    @Test
    void open_whenAMessageKeyIsTheTlsKeyToo_refuses() throws Exception {
        HeldKey key = certified(CSPD);
        List<KeySeparation.Claim> tls = List.of(
                new KeySeparation.Claim("this node's TLS", key.certificate().getPublicKey()));

        assertThatThrownBy(() -> open(new KeyTerms(false, tls, Duration.ofHours(1), SETTLING)))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("this node's TLS");
    }

    @Test
    void certify_whenTheCertificateIsForAnotherKey_refuses() throws Exception {
        HeldKey key = custody.generate(CSPD, CertificateUse.MESSAGE);
        KeyEntry other = authority.issue(CertificateProfile.MESSAGE, CSPD, Duration.ofDays(30));

        assertThatThrownBy(() -> custody.certify(key, other.chain())).isInstanceOf(GeneralSecurityException.class);
    }

    private KeyTerms terms() {
        return new KeyTerms(false, List.of(), Duration.ofHours(1), SETTLING);
    }

    private void open(KeyTerms terms) throws Exception {
        keys = StoredMemberKeys.open(custody, Set.of(CSPD), this::registry, terms, clock);
    }

    private HeldKey certified(MemberId member) throws Exception {
        HeldKey key = custody.generate(member, CertificateUse.MESSAGE);
        X509Certificate certificate = authority
                .authority()
                .issue(new CertificateOrder(
                        CertificateProfile.MESSAGE,
                        member.toString(),
                        "test",
                        key.certificate().getPublicKey(),
                        List.of(),
                        Duration.ofDays(30)));
        return custody.certify(key, List.of(certificate));
    }

    private void list(HeldKey key, Instant from) {
        listed.add(new RegisteredCertificate(CertificateUse.MESSAGE, key.certificate(), from, Instant.MAX, null));
    }

    private Registry registry() {
        Member member = new Member(CSPD, new Label("س", "CSPD"), List.of("node-1"), listed, List.of());
        return new Registry("JO", 1, Instant.EPOCH, Instant.MAX, List.of(), List.of(member), List.of());
    }

    private X509Certificate used() {
        return keys.messageKey(CSPD).orElseThrow().certificate();
    }

    private static final class SettableClock extends Clock {

        private volatile Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
