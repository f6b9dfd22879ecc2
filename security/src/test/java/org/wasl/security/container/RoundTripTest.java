package org.wasl.security.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wasl.security.container.TestWorld.utf8;

import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;

/** What is signed verifies, and says the same. */
class RoundTripTest {

    private final TestWorld world = TestWorld.withKeys("EC");

    @ParameterizedTest
    @EnumSource(MessageKind.class)
    void verify_whenSignedAsAnyKind_isGenuineAndSaysTheSame(MessageKind kind) {
        Header header = world.header(kind, "application/xml");
        byte[] payload = utf8("<a>المملكة الأردنية الهاشمية</a>");

        ContainerVerdict verdict = world.verify(world.signed(header, payload).octets());

        assertThat(verdict).isInstanceOf(ContainerVerdict.Genuine.class);
        ContainerVerdict.Genuine genuine = (ContainerVerdict.Genuine) verdict;
        assertThat(genuine.container().header()).isEqualTo(header);
        assertThat(genuine.container().payload()).isEqualTo(payload);
        assertThat(genuine.certificate()).isEqualTo(world.keyOf(header).certificate());
    }

    @Test
    void verify_whenConsumerSignsTheFault_isGenuine() {
        Header header = world.header(
                MessageKind.FAULT,
                TestWorld.WEB,
                "application/xml",
                world.request().asInReplyTo());
        assertThat(world.verify(world.signed(header, utf8("<f></f>")).octets()))
                .isInstanceOf(ContainerVerdict.Genuine.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "Ed25519", "RSA-3072"})
    void verify_whenKeyOfAnAllowedType_isGenuine(String keyType) {
        TestWorld other = TestWorld.withKeys(keyType);
        assertThat(other.verify(other.request().octets())).isInstanceOf(ContainerVerdict.Genuine.class);
    }

    @ParameterizedTest
    @CsvSource({"application/pdf, 0", "application/octet-stream, 1000", "image/jpeg, 1048576"})
    void verify_whenPayloadIsBinary_keepsEveryOctet(String mediaType, int size) {
        byte[] payload = new byte[size];
        new Random(7).nextBytes(payload);

        ContainerVerdict verdict = world.verify(world.signed(world.header(MessageKind.REPLY, mediaType), payload)
                .octets());

        assertThat(((ContainerVerdict.Genuine) verdict).container().payload()).isEqualTo(payload);
    }

    @Test
    void verify_whenOptionalFieldsAreAbsent_readsThemAsNull() {
        Header full = world.header(MessageKind.REQUEST, "application/xml");
        Header bare = new Header(
                full.messageId(),
                full.correlationId(),
                full.kind(),
                full.sender(),
                full.consumer(),
                full.provider(),
                full.service(),
                full.schemaVersion(),
                full.payloadMediaType(),
                new Actor(ActorKind.SYSTEM, AssuranceLevel.LOW, "node", null),
                null,
                full.purpose(),
                full.legalBasis(),
                full.channel(),
                full.locale(),
                full.priority(),
                full.issued().plusNanos(1234),
                full.expires(),
                null,
                null);

        Container signed = world.signed(bare, utf8("<a></a>"));

        Container read = ((ContainerVerdict.Genuine) world.verify(signed.octets())).container();
        assertThat(read.header()).isEqualTo(signed.header());
        assertThat(read.header().issued()).isEqualTo(full.issued());
        assertThat(read.header().representedParty()).isNull();
        assertThat(read.headerDigest()).isEqualTo(signed.headerDigest());
        assertThat(read.payloadDigest()).isEqualTo(signed.payloadDigest());
    }

    @Test
    void sign_whenTwiceWithADeterministicKey_givesTheSameOctets() {
        TestWorld ed = TestWorld.withKeys("Ed25519");
        Header header = ed.header(MessageKind.REQUEST, "application/xml");
        assertThat(ed.signed(header, utf8("<a></a>")).octets())
                .isEqualTo(ed.signed(header, utf8("<a></a>")).octets());
    }

    @Test
    void open_whenSigned_givesTheContainerWithoutARegistry() {
        Container signed = world.request();
        OpenResult result = TestWorld.verifier().open(signed.octets());
        assertThat(((OpenResult.Opened) result).container().header()).isEqualTo(signed.header());
    }

    @Test
    void sign_whenTheKeyIsAnotherMembers_isRefused() {
        Header header = world.header(MessageKind.REQUEST, "application/xml");
        AsicContainerSigner signer = new AsicContainerSigner();
        assertThatThrownBy(() -> signer.sign(header, utf8("<a></a>"), world.cspdKey))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sign_whenTheHeaderWouldBeRefused_isRefused() {
        Header orphan = world.header(MessageKind.REPLY, TestWorld.REGISTRY, "application/xml", null);
        assertThatThrownBy(() -> world.signed(orphan, utf8("<a></a>")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must name its request");
    }

    @Test
    void verify_whenManyThreadsShareOneVerifier_allAreGenuine() throws Exception {
        AsicContainerVerifier verifier = TestWorld.verifier();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> one = () -> verifier.verify(world.request().octets(), world.registry, world.now)
                    instanceof ContainerVerdict.Genuine;
            var results =
                    threads.invokeAll(IntStream.range(0, 200).mapToObj(i -> one).toList());
            for (var result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
