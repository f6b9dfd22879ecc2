package org.wasl.security.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wasl.security.authority.TestAuthority.NOW;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.authority.TestAuthority;
import org.wasl.security.keys.KeyEntry;

class RegistryArchiveTest {

    private static final RegistryXml XML = new RegistryXml(SchemaCatalogue.load());

    private final KeyEntry signer = TestAuthority.signer("registry authority");

    @TempDir
    private Path directory;

    RegistryArchiveTest() throws GeneralSecurityException {}

    @Test
    void read_whenKept_givesWhatTheAuthoritySigned() throws Exception {
        SignedRegistry signed = signed(3, NOW);
        archive().keep(3, signed);

        assertThat(readable(3).version()).isEqualTo(3);
        assertThat(archive().signed(3)).get().satisfies(kept -> {
            assertThat(kept.octets()).isEqualTo(signed.octets());
            assertThat(kept.signature()).isEqualTo(signed.signature());
        });
        assertThat(archive().versions()).containsExactly(3L);
    }

    @Test
    void keep_whenTheSameOctetsComeAgain_changesNothing() throws Exception {
        SignedRegistry first = signed(3, NOW);
        archive().keep(3, first);

        archive().keep(3, new SignedRegistry(first.octets(), sign(first.octets())));

        assertThat(archive().signed(3).orElseThrow().signature()).isEqualTo(first.signature());
    }

    @Test
    void keep_whenTheVersionHasOtherOctets_refusesAndLeavesWhatIsThere() throws Exception {
        SignedRegistry first = signed(3, NOW);
        archive().keep(3, first);

        assertThatThrownBy(() -> archive().keep(3, signed(3, NOW.plusSeconds(1))))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(archive().signed(3).orElseThrow().octets()).isEqualTo(first.octets());
    }

    @Test
    void keep_whenACrashLeftOnlyTheSignature_completesIt() throws Exception {
        Path place = Files.createDirectories(directory.resolve("versions/3"));
        Files.write(place.resolve(RegistrySource.SIGNATURE), new byte[] {1});
        assertThat(archive().versions()).isEmpty();

        archive().keep(3, signed(3, NOW));

        assertThat(readable(3).version()).isEqualTo(3);
    }

    @Test
    void read_whenAltered_refuses() throws Exception {
        archive().keep(3, signed(3, NOW));
        Path file = directory.resolve("versions/3").resolve(RegistrySource.REGISTRY);
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Files.writeString(file, text.replace("instance=\"JO\"", "instance=\"QA\""), StandardCharsets.UTF_8);

        assertThat(refusal(3)).contains("signature");
    }

    @Test
    void read_whenAnotherVersionStandsThere_refuses() throws Exception {
        archive().keep(3, signed(3, NOW));
        archive().keep(4, signed(4, NOW));
        signed(4, NOW).write(directory.resolve("versions/3"));

        assertThat(refusal(3)).contains("version 4 is kept as version 3");
        assertThat(refusal(9)).contains("version 9 is not kept");
    }

    @Test
    void read_whenIssuedAfterTheAuthorityEnded_refuses() throws Exception {
        Instant late = signer.certificate().getNotAfter().toInstant().plusSeconds(1);
        archive().keep(3, signed(3, late));

        assertThat(refusal(3)).contains("outside the validity");
    }

    @Test
    void read_whenTooLarge_isAFailureAndNoOutOfMemory() throws Exception {
        archive().keep(3, signed(3, NOW));
        Path file = directory.resolve("versions/3").resolve(RegistrySource.REGISTRY);
        Files.write(file, new byte[RegistryXml.MAX_OCTETS + 1]);

        assertThatThrownBy(() -> archive().read(3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger");
    }

    @Test
    void at_givesTheVersionThatWasTheNewestThen() throws Exception {
        RegistryArchive archive = archive();
        archive.keep(3, signed(3, NOW));
        archive.keep(4, signed(4, NOW.plusSeconds(60)));

        assertThat(archive.at(NOW.minusSeconds(1))).isEmpty();
        assertThat(archive.at(NOW.plusSeconds(59)))
                .get()
                .extracting(Registry::version)
                .isEqualTo(3L);
        assertThat(archive.at(NOW.plusSeconds(60)))
                .get()
                .extracting(Registry::version)
                .isEqualTo(4L);
    }

    @Test
    void versions_whenANodeTookThem_areAllThere() throws Exception {
        publish(1);
        try (RegistryFiles files = open()) {
            publish(2);
            files.reload();
            publish(7);
            files.reload();

            assertThat(files.archive().versions()).containsExactly(1L, 2L, 7L);
            assertThat(files.archive().read(2)).isInstanceOf(RegistryReading.Readable.class);
        }
    }

    @Test
    void open_whenAnEarlierReleaseKeptNone_keepsWhatIsInForce() throws Exception {
        publish(5);
        open().close();
        Files.delete(directory.resolve("versions/5/registry.xml"));
        Files.delete(directory.resolve("versions/5/registry.xml.p7s"));

        open().close();

        assertThat(readable(5).version()).isEqualTo(5);
    }

    @Test
    void reload_whenTheVersionCannotBeKept_servesTheLast() throws Exception {
        publish(1);
        try (RegistryFiles files = open()) {
            // A plain file stands where the directory must be.
            Files.writeString(directory.resolve("versions/2"), "in the way");
            publish(2);

            assertThat(files.reload()).isInstanceOf(RegistryReload.Refused.class);
            assertThat(files.get().version()).isEqualTo(1);
        }
    }

    private RegistryArchive archive() {
        return new RegistryArchive(directory.resolve("versions"), signer.certificate(), XML);
    }

    private RegistryFiles open() throws IOException {
        return RegistryFiles.open(
                new RegistrySource(directory.resolve("published"), directory.resolve("accepted"), Duration.ofHours(1)),
                signer.certificate(),
                XML,
                Clock.fixed(NOW, ZoneOffset.UTC),
                RegistryListener.NONE);
    }

    private Registry readable(long version) throws IOException {
        RegistryReading reading = archive().read(version);
        assertThat(reading).isInstanceOf(RegistryReading.Readable.class);
        return ((RegistryReading.Readable) reading).registry();
    }

    private String refusal(long version) throws IOException {
        RegistryReading reading = archive().read(version);
        assertThat(reading).isInstanceOf(RegistryReading.Refused.class);
        return ((RegistryReading.Refused) reading).fault().detail();
    }

    private void publish(long version) throws IOException, GeneralSecurityException {
        signed(version, NOW.minusSeconds(60)).write(directory.resolve("published"));
    }

    private SignedRegistry signed(long version, Instant issued) throws GeneralSecurityException {
        byte[] octets = RegistryXml.write(
                new Registry("JO", version, issued, issued.plusSeconds(86_400), List.of(), List.of(), List.of()));
        return new SignedRegistry(octets, sign(octets));
    }

    private byte[] sign(byte[] octets) throws GeneralSecurityException {
        return RegistrySignature.sign(octets, signer.key(), signer.certificate());
    }
}
