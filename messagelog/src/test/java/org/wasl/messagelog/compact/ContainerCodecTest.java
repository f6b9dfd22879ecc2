package org.wasl.messagelog.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.messagelog.SignedMessages;
import org.wasl.messagelog.SignedMessages.Message;
import org.wasl.messagelog.compact.ContainerUnpacker.Dictionaries;

class ContainerCodecTest {

    private static final int LEARNED = 400;
    private static final int PIECE = 8;
    private static final Pattern SALT = Pattern.compile("salt=\"([^\"]{16,})\"");
    private static final Dictionaries<IllegalStateException> SEED =
            id -> id == Dictionary.FIRST_ID ? Dictionary.seed().octets() : null;

    @TempDir
    static Path directory;

    private static List<Message> messages = List.of();

    @BeforeAll
    static void sign() throws Exception {
        messages = new SignedMessages(directory).exchanges(LEARNED);
    }

    private static ContainerPacker packer(Coding coding) {
        return new ContainerPacker(coding, Dictionary.seed());
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFLATE", "ZSTD"})
    void unpack_whenPacked_givesBackTheIdenticalOctets(Coding coding) throws Exception {
        try (ContainerPacker packer = packer(coding);
                ContainerUnpacker unpacker = new ContainerUnpacker()) {
            for (Message message : messages.subList(0, 50)) {
                byte[] container = message.container().octets();
                StoredContainer stored = packer.pack(container, true);

                assertThat(stored.coding()).isEqualTo(coding);
                assertThat(stored.octets()).hasSizeLessThan(container.length / 10 * 7);
                assertThat(unpacker.unpack(coding.number(), stored.dictionary(), stored.octets(), SEED))
                        .isEqualTo(container);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFLATE", "ZSTD"})
    void unpack_whenWhatIsStoredWasAltered_givesNothingElseForTheContainer(Coding coding) throws Exception {
        byte[] container = messages.get(1).container().octets();
        Random random = new Random(11);
        try (ContainerPacker packer = packer(coding);
                ContainerUnpacker unpacker = new ContainerUnpacker()) {
            StoredContainer stored = packer.pack(container, true);
            for (int i = 0; i < 2_000; i++) {
                byte[] altered = stored.octets().clone();
                altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
                byte[] cut = Arrays.copyOf(altered, random.nextInt(altered.length + 1));
                for (byte[] octets : List.of(altered, cut)) {
                    try {
                        unpacker.unpack(coding.number(), stored.dictionary(), octets, SEED);
                    } catch (DamagedContainerException e) {
                        assertThat(e).isNotNull();
                    }
                }
            }
        }
    }

    @Test
    void pack_whenItIsNoContainer_storesItAsItIs() {
        byte[] random = new byte[5_000];
        new Random(3).nextBytes(random);
        try (ContainerPacker packer = packer(ContainerPacker.best())) {
            for (byte[] octets :
                    List.of(new byte[0], new byte[] {1}, random, new byte[ContainerCodec.MAX_OCTETS + 1])) {
                assertThat(packer.pack(octets, true)).isEqualTo(StoredContainer.asItIs(octets));
            }
        }
    }

    @Test
    void unpack_whenZstdIsAbsent_saysThatItIsNeeded() {
        try (ContainerUnpacker unpacker = new ContainerUnpacker(false)) {
            assertThatThrownBy(() -> unpacker.unpack(Coding.ZSTD.number(), 1, new byte[] {1}, SEED))
                    .isInstanceOf(MissingCodecException.class)
                    .hasMessageContaining("zstd");
        }
    }

    @Test
    void unpack_whenCodingOrDictionaryIsUnknown_saysDamaged() {
        try (ContainerUnpacker unpacker = new ContainerUnpacker()) {
            assertThatThrownBy(() -> unpacker.unpack(9, 1, new byte[] {1}, SEED))
                    .isInstanceOf(DamagedContainerException.class);
            assertThatThrownBy(() -> unpacker.unpack(Coding.DEFLATE.number(), 7, new byte[] {1}, SEED))
                    .isInstanceOf(DamagedContainerException.class);
        }
    }

    /** What was erased must not live on in a dictionary: of every message, whatever is its own. */
    @Test
    void train_whenMessagesAreAboutPeople_learnsNothingOfThem() {
        List<byte[]> containers =
                messages.stream().map(message -> message.container().octets()).toList();
        byte[] dictionary = DictionaryTraining.train(containers).orElseThrow();
        String text = new String(dictionary, StandardCharsets.ISO_8859_1);

        assertThat(text).contains("SignedProperties").contains("X509Certificate");
        for (Message message : messages) {
            assertThat(text).doesNotContain(message.person());
            assertThat(text)
                    .doesNotContain(message.container().header().messageId().toString());
            assertThat(text).doesNotContain(message.container().payloadDigest());
            assertThat(text).doesNotContain(message.container().headerDigest());
            assertThat(text).doesNotContain(secrets(message));
        }
        assertThat(new String(Dictionary.seed().octets(), StandardCharsets.ISO_8859_1))
                .contains("SignedProperties");
    }

    /** The salt of a request's payload, or pieces of a reply's, which is random octets throughout. */
    private static List<String> secrets(Message message) {
        String payload = new String(message.payload(), StandardCharsets.ISO_8859_1);
        Matcher salt = SALT.matcher(payload);
        if (salt.find()) {
            return List.of(salt.group(1), salt.group(1).substring(0, 8));
        }
        return IntStream.range(0, payload.length() / PIECE)
                .mapToObj(piece -> payload.substring(piece * PIECE, (piece + 1) * PIECE))
                .toList();
    }

    /** Not because it is rare, but because it is what it is. */
    @Test
    void train_whenOnePersonIsInEveryMessage_doesNotLearnThemEither() {
        TrainingSample sample = new TrainingSample(new SplittableRandom(1));
        for (Message message : messages.subList(0, 20)) {
            String masked = new String(sample.of(message.container().octets()), StandardCharsets.ISO_8859_1);
            assertThat(masked)
                    .contains("JO/GOV/CSPD/registry")
                    .contains("GENERAL_CLEARANCE")
                    .doesNotContain(message.person())
                    .doesNotContain("citizen-")
                    .doesNotContain("<env:payload ")
                    .doesNotContain(message.container().header().correlationId());
        }
    }
}
