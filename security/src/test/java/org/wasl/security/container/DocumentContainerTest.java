package org.wasl.security.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.schemas.fault.FaultCode;

/** A container with a document is the same file, and is judged the same, whether it is in memory or never was. */
class DocumentContainerTest {

    private static final ContainerLimits LIMITS = ContainerLimits.standard();
    private static final String PDF = "application/pdf";

    @TempDir
    Path directory;

    private final TestWorld world = TestWorld.withKeys("Ed25519");
    private final DocumentVerifier verifier = new DocumentVerifier(TestWorld.verifier());
    private Spool spool;

    @BeforeEach
    void openSpool() throws IOException {
        spool = Spool.open(directory.resolve("spool"), 4L * LIMITS.maxContainerBytes());
    }

    private static byte[] document(int size) {
        byte[] document = new byte[size];
        new Random(size).nextBytes(document);
        return document;
    }

    private Container signed(byte[] document, SpoolFile into) throws IOException {
        Header header = world.header(MessageKind.REPLY, PDF);
        DocumentSigning signing =
                new DocumentSigner(LIMITS).sign(header, new ByteArrayInputStream(document), world.keyOf(header), into);
        return ((DocumentSigning.Signed) signing).container();
    }

    private SpoolFile file() throws IOException {
        return spool.take(LIMITS.maxContainerBytes()).orElseThrow();
    }

    private ContainerVerdict verify(byte[] octets) {
        try {
            return verifier.verify(ContainerContent.of(octets), world.registry, world.now);
        } catch (IOException e) {
            throw new AssertionError("octets in memory can be read", e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 65_536, 3_000_001, 10 * 1024 * 1024})
    void sign_whenStreamed_givesTheOctetsThatSigningInMemoryGives(int size) throws IOException {
        byte[] document = document(size);
        try (SpoolFile file = file()) {
            Container streamed = signed(document, file);
            Container inMemory = world.signed(streamed.header(), document);

            assertThat(Arrays.equals(Files.readAllBytes(file.path()), inMemory.octets()))
                    .isTrue();
            assertThat(streamed.payloadDigest()).isEqualTo(inMemory.payloadDigest());
            assertThat(streamed.headerDigest()).isEqualTo(inMemory.headerDigest());
        }
    }

    @Test
    void verify_whenGenuine_saysWhatVerifyingInMemorySaysAndGivesTheDocument() throws IOException {
        byte[] document = document(700_000);
        try (SpoolFile file = file()) {
            Container signed = signed(document, file);

            ContainerVerdict verdict = verifier.verify(file, world.registry, world.now);

            assertThat(verdict).isInstanceOf(ContainerVerdict.Genuine.class);
            Container read = ((ContainerVerdict.Genuine) verdict).container();
            assertThat(read.header()).isEqualTo(signed.header());
            assertThat(read.payloadDigest()).isEqualTo(signed.payloadDigest());
            assertThat(read.payload()).isEmpty();
            try (DocumentStream stream = verifier.document(file)) {
                assertThat(stream.length()).isEqualTo(document.length);
                assertThat(Arrays.equals(stream.octets().readAllBytes(), document))
                        .isTrue();
            }
        }
    }

    @Test
    void verify_whenAnyOctetIsAltered_isRefusedAsInMemory() throws IOException {
        byte[] whole = world.signed(world.header(MessageKind.REPLY, PDF), document(300))
                .octets();
        Random random = new Random(11);
        for (int at = 0; at < whole.length; at++) {
            byte[] altered = whole.clone();
            altered[at] ^= (byte) (1 << random.nextInt(8));

            ContainerVerdict streamed = verify(altered);

            assertThat(streamed).as("octet %d", at).isInstanceOf(ContainerVerdict.Refused.class);
            if (at % 16 == 0) {
                assertThat(world.verify(altered)).as("octet %d", at).isInstanceOf(ContainerVerdict.Refused.class);
            }
        }
    }

    @Test
    void verify_whenCutShortOrLengthened_isRefused() {
        byte[] whole = world.signed(world.header(MessageKind.REPLY, PDF), document(2_000))
                .octets();
        for (int length = 0; length < whole.length; length += 13) {
            assertThat(verify(Arrays.copyOf(whole, length)))
                    .as("%d octets", length)
                    .isInstanceOf(ContainerVerdict.Refused.class);
        }
        assertThat(verify(Arrays.copyOf(whole, whole.length + 1))).isInstanceOf(ContainerVerdict.Refused.class);
        byte[] preceded = new byte[whole.length + 1];
        System.arraycopy(whole, 0, preceded, 1, whole.length);
        assertThat(verify(preceded)).isInstanceOf(ContainerVerdict.Refused.class);
    }

    @Test
    void verify_whenOneOctetInTheMiddleOfALargeDocumentIsAltered_saysThatThePayloadWasAltered() throws IOException {
        try (SpoolFile file = file()) {
            signed(document(5_000_000), file);
            byte[] whole = Files.readAllBytes(file.path());
            whole[2_500_000] ^= 1;
            Files.write(file.path(), whole);

            assertThat(code(verifier.verify(file, world.registry, world.now)))
                    .isEqualTo(FaultCode.SIGNATURE_PAYLOAD_ALTERED);
        }
    }

    @Test
    void verify_whenAnEntryIsTooMuchOrOutOfPlace_namesItAsInMemory() {
        Container container = world.signed(world.header(MessageKind.REPLY, PDF), document(2_000));
        byte[] extra = Parts.of(container).add("virus.exe", new byte[10]).zip();
        byte[] twice = Parts.of(container).add("payload.bin", new byte[0]).zip();
        byte[] swapped = Parts.of(container).swap(2, 3).zip();
        byte[] missing = Parts.of(container).remove("payload.bin").zip();
        for (byte[] octets : new byte[][] {extra, twice, swapped, missing}) {
            assertThat(code(verify(octets))).isEqualTo(code(world.verify(octets)));
        }
    }

    @Test
    void verify_whenADocumentIsTakenOutOrAnotherPutIn_saysThatThePayloadWasAltered() {
        Container container = world.signed(world.header(MessageKind.REPLY, PDF), document(2_000));
        assertThat(code(verify(
                        Parts.of(container).octets("payload.bin", document(0)).zip())))
                .isEqualTo(FaultCode.SIGNATURE_PAYLOAD_ALTERED);
        assertThat(code(verify(Parts.of(container)
                        .octets("payload.bin", document(2_001))
                        .zip())))
                .isEqualTo(FaultCode.SIGNATURE_PAYLOAD_ALTERED);
    }

    @Test
    void verify_whenOnlyTheCrcIsWrong_isRefused() {
        byte[] whole = world.signed(world.header(MessageKind.REPLY, PDF), document(2_000))
                .octets();
        byte[] altered = whole.clone();
        altered[documentHeader(whole) + 14] ^= 1;
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        altered[text.lastIndexOf("payload.bin") - StoredZip.CENTRAL_BYTES + 16] ^= 1;

        assertThat(code(verify(altered))).isEqualTo(FaultCode.CONTAINER_ZIP_MISMATCH);
        assertThat(code(world.verify(altered))).isEqualTo(FaultCode.CONTAINER_ZIP_MISMATCH);
    }

    private static int documentHeader(byte[] whole) {
        return DocumentCard.documentAt(whole) - StoredZip.LOCAL_BYTES - EntryNames.PAYLOAD_BIN.length();
    }

    @Test
    void sign_whenTheDocumentIsLargerThanTheLimit_isRefusedAsOversized() throws IOException {
        byte[] document = document(LIMITS.maxPayloadBytes() + 1);
        Header header = world.header(MessageKind.REPLY, PDF);
        try (SpoolFile file = file()) {
            DocumentSigning signing = new DocumentSigner(LIMITS)
                    .sign(header, new ByteArrayInputStream(document), world.keyOf(header), file);

            assertThat(((DocumentSigning.Refused) signing).fault().code()).isEqualTo(FaultCode.BACKEND_OVERSIZED);
        }
    }

    @Test
    void verify_whenTheContainerIsLargerThanTheLimit_isRefusedBeforeItIsRead() throws IOException {
        ContainerVerdict verdict = verifier.verify(
                new ContainerContent() {
                    @Override
                    public long length() {
                        return LIMITS.maxContainerBytes() + 1L;
                    }

                    @Override
                    public InputStream open(long from) {
                        throw new AssertionError("nothing may be read");
                    }
                },
                world.registry,
                world.now);

        assertThat(code(verdict)).isEqualTo(FaultCode.CONTAINER_OVERSIZED);
    }

    @Test
    void verify_whenThePayloadIsXml_isRefusedAsNoDocument() {
        assertThat(code(verify(world.request().octets()))).isEqualTo(FaultCode.CONTAINER_ENTRY_MISSING);
    }

    @Test
    void take_whenTheBoundIsReached_givesNoneUntilOneIsClosed() throws IOException {
        Spool small = Spool.open(directory.resolve("small"), 100);
        SpoolFile first = small.take(60).orElseThrow();

        assertThat(small.take(60)).isEmpty();
        first.close();
        first.close();
        assertThat(small.reservedBytes()).isZero();
        assertThat(small.take(100)).isPresent();
        assertThat(first.path()).doesNotExist();
    }

    @Test
    void open_whenAnEarlierRunLeftFiles_deletesThem() throws IOException {
        SpoolFile left = file();
        Path foreign = Files.writeString(directory.resolve("spool").resolve("notes.txt"), "mine");

        Spool.open(directory.resolve("spool"), 100);

        assertThat(left.path()).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void write_whenMoreThanWasReserved_fails() throws IOException {
        try (SpoolFile file = spool.take(10).orElseThrow();
                OutputStream out = file.write()) {
            out.write(new byte[10]);
            assertThatThrownBy(() -> out.write(1)).isInstanceOf(SpoolFileFullException.class);
        }
    }

    private static FaultCode code(ContainerVerdict verdict) {
        return ((ContainerVerdict.Refused) verdict).fault().code();
    }
}
