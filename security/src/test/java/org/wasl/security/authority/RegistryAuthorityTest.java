package org.wasl.security.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wasl.security.authority.TestAuthority.CLOCK;
import static org.wasl.security.authority.TestAuthority.NOW;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryPublication;
import org.wasl.security.registry.RegistrySource;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.SignedRegistry;

class RegistryAuthorityTest {

    private static final RegistryXml XML = new RegistryXml(SchemaCatalogue.load());
    private static final String PASSWORD = "a password for tests";
    private static final SigningTerms NEXT =
            new SigningTerms(OptionalLong.empty(), Duration.ofDays(30), Optional.of(Duration.ofHours(12)));

    @TempDir
    private Path directory;

    private RegistryAuthority authority;

    @BeforeEach
    void create() throws Exception {
        authority = new RegistryAuthority(directory.resolve("authority"));
        authority.create("JO", PASSWORD, DemoRegistry.draft(), CLOCK);
    }

    @Test
    void create_whenThereIsAKey_neverReplacesIt() throws Exception {
        byte[] key = Files.readAllBytes(authority.keyFile());

        assertThatThrownBy(() -> authority.create("JO", PASSWORD, DemoRegistry.draft(), CLOCK))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readAllBytes(authority.keyFile())).isEqualTo(key);
    }

    @Test
    void sign_eachTime_givesTheNextVersionWithItsTerms() throws Exception {
        Registry first = sign(NEXT);
        Registry second = sign(NEXT);

        assertThat(first.version()).isEqualTo(1);
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.issued()).isEqualTo(NOW);
        assertThat(second.expires()).isEqualTo(NOW.plus(Duration.ofDays(30)));
        assertThat(second.grace()).isEqualTo(Duration.ofHours(12));
        assertThat(second.members()).hasSize(5);
    }

    @Test
    void sign_whenAskedForALowerOrEqualVersion_refuses() throws Exception {
        sign(new SigningTerms(OptionalLong.of(7), Duration.ofDays(1), Optional.empty()));
        byte[] signed = authority.signed().orElseThrow().octets();

        for (long version : List.of(7L, 6L, 1L)) {
            SigningTerms terms = new SigningTerms(OptionalLong.of(version), Duration.ofDays(1), Optional.empty());
            assertThat(authority.sign(XML, terms, PASSWORD, NOW))
                    .isInstanceOfSatisfying(SigningOutcome.Refused.class, refused -> assertThat(
                                    refused.problems().get(0).message())
                            .contains("not higher than version 7"));
        }
        assertThat(authority.signed().orElseThrow().octets()).isEqualTo(signed);
        assertThat(sign(NEXT).version()).isEqualTo(8);
    }

    @Test
    void sign_whenTheDraftBreaksARule_refusesWithItsPlace() throws Exception {
        String draft = new String(DemoRegistry.draft(), StandardCharsets.UTF_8);
        String wrong = draft.replaceFirst("consumer=\"JO/GOV/PORTAL/web\"", "consumer=\"JO/GOV/PORTAL/nobody\"");
        int line =
                (int) wrong.substring(0, wrong.indexOf("PORTAL/nobody")).lines().count();
        authority.writeDraft(wrong.getBytes(StandardCharsets.UTF_8));

        SigningOutcome outcome = authority.sign(XML, NEXT, PASSWORD, NOW);

        assertThat(outcome).isInstanceOfSatisfying(SigningOutcome.Refused.class, refused -> {
            assertThat(refused.problems()).hasSize(1);
            assertThat(refused.problems().get(0).message()).contains("unknown consumer");
            assertThat(refused.problems().get(0).line()).isEqualTo(line);
        });
        assertThat(authority.lastVersion()).isZero();
        assertThat(authority.signed()).isEmpty();
    }

    @Test
    void sign_whenThePasswordIsWrong_signsNothing() throws Exception {
        assertThatThrownBy(() -> authority.sign(XML, NEXT, "another password", NOW))
                .isInstanceOf(IOException.class);
        assertThat(authority.signed()).isEmpty();
        assertThat(authority.lastVersion()).isZero();
    }

    @Test
    void publish_whenTheNodeWouldTakeIt_bringsThePair() throws Exception {
        sign(NEXT);

        assertThat(publish(authority, NOW)).isEmpty();
        SignedRegistry brought = SignedRegistry.read(directory.resolve("node/registry"));
        assertThat(brought.octets()).isEqualTo(authority.signed().orElseThrow().octets());
    }

    @Test
    void publish_whenTheNodeWouldRefuseIt_leavesTheNodeAsItIs() throws Exception {
        sign(NEXT);
        RegistryAuthority stranger = new RegistryAuthority(directory.resolve("stranger"));
        stranger.create("JO", PASSWORD, DemoRegistry.draft(), CLOCK);
        stranger.sign(XML, NEXT, PASSWORD, NOW);

        assertThat(publish(stranger, NOW)).map(Fault::code).contains(FaultCode.REGISTRY_INVALID);
        assertThat(publish(authority, NOW.minusSeconds(120)).map(Fault::code))
                .contains(FaultCode.REGISTRY_NOT_YET_VALID);
        assertThat(publish(authority, NOW.plus(Duration.ofDays(31))).map(Fault::code))
                .contains(FaultCode.REGISTRY_EXPIRED);
        assertThat(directory.resolve("node/registry/registry.xml")).doesNotExist();
    }

    private Registry sign(SigningTerms terms) throws Exception {
        SigningOutcome outcome = authority.sign(XML, terms, PASSWORD, NOW);
        assertThat(outcome).isInstanceOf(SigningOutcome.Signed.class);
        return ((SigningOutcome.Signed) outcome).registry();
    }

    /** Publishes to a node that has pinned this test's authority, whoever signed. */
    private Optional<Fault> publish(RegistryAuthority by, Instant now) throws Exception {
        Path node = directory.resolve("node/registry");
        RegistrySource source = new RegistrySource(node, node.resolve("accepted"), Duration.ofSeconds(1));
        return new RegistryPublication(source, authority.certificate(), XML)
                .publish(by.signed().orElseThrow(), now);
    }
}
