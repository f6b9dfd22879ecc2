package org.wasl.security.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.security.container.TestWorld.utf8;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.registry.CertificatePath;

/** What the templates write, the readers by template read; and the full ones read the same. */
class TemplateReadingTest {

    private static final TestWorld WORLD = TestWorld.withKeys("EC");
    private static final TemplateVerification TEMPLATE = new TemplateVerification(
            ContainerLimits.standard(),
            CryptoProvider.chosen(),
            new CertificateTrust(new CertificatePath(RevocationLists.NONE)));

    @ParameterizedTest
    @EnumSource(MessageKind.class)
    void verify_whenSignedByTheTemplate_takesTheShortWay(MessageKind kind) {
        byte[] octets = WORLD.signed(WORLD.header(kind, "application/xml"), utf8("<a>وصل</a>"))
                .octets();
        assertThat(TEMPLATE.verify(octets, WORLD.registry, WORLD.now, Optional.empty()))
                .containsInstanceOf(ContainerVerdict.Genuine.class);
        assertThat(TEMPLATE.open(octets)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "Ed25519", "RSA-3072"})
    void verify_whenKeyOfAnAllowedType_takesTheShortWay(String keyType) {
        TestWorld other = TestWorld.withKeys(keyType);
        assertThat(TEMPLATE.verify(other.request().octets(), other.registry, other.now, Optional.empty()))
                .containsInstanceOf(ContainerVerdict.Genuine.class);
    }

    @Test
    void verify_whenTheFileIsLargerThanTheLimits_leavesItToTheFullWay() {
        ContainerLimits tight = new ContainerLimits(100_000, 100, 1_000, 100);
        TemplateVerification strict = new TemplateVerification(
                tight, CryptoProvider.chosen(), new CertificateTrust(new CertificatePath(RevocationLists.NONE)));
        assertThat(strict.open(WORLD.request().octets())).isEmpty();
    }

    @Property(tries = 300)
    void read_whenAnyHeaderIsWritten_givesTheSameOnBothWays(@ForAll("headers") Header header)
            throws NotByTemplate, Refusal {
        byte[] octets = HeaderXml.write(header);
        assertThat(HeaderTemplate.read(octets)).isEqualTo(header);
        SchemaVerdict verdict = TestWorld.SCHEMAS.validate(octets);
        assertThat(HeaderXml.read(((SchemaVerdict.Valid) verdict).document().getDocumentElement()))
                .isEqualTo(header);
    }

    @Property(tries = 300)
    void instant_whenWritten_isReadBack(@ForAll("instants") Instant instant) {
        String text = TemplateText.instant(instant);
        assertThat(Instant.parse(text)).isEqualTo(instant);
        assertThat(TemplateText.instant(text)).isEqualTo(instant);
    }

    @Provide
    Arbitrary<Instant> instants() {
        long first = Instant.parse("0001-01-01T00:00:00.000Z").toEpochMilli();
        long last = Instant.parse("9999-12-31T23:59:59.998Z").toEpochMilli();
        return Arbitraries.longs().between(first, last).map(Instant::ofEpochMilli);
    }

    @Provide
    Arbitrary<Header> headers() {
        Arbitrary<String> tokens = Arbitraries.strings()
                .withChars("ABCXYZabcxyz0189._:/@+=-")
                .ofMinLength(1)
                .ofMaxLength(200);
        Arbitrary<String> codes = tokens.map(
                token -> "A" + token.substring(0, Math.min(99, token.length())).replaceAll("[@+=]", "_"));
        Arbitrary<String> someTokens = tokens.injectNull(0.4);
        return Combinators.combine(
                        Arbitraries.of(MessageKind.class),
                        tokens,
                        someTokens,
                        someTokens,
                        codes.map(code -> code.replace('_', '-')),
                        instants(),
                        Arbitraries.of(ActorKind.class),
                        Arbitraries.longs().between(0, 999_999_999_999_999_999L))
                .as(TemplateReadingTest::header);
    }

    private static Header header(
            MessageKind kind,
            String token,
            String optional,
            String other,
            String code,
            Instant issued,
            ActorKind actor,
            long version) {
        Header like = WORLD.header(kind, "application/xml");
        return new Header(
                UUID.nameUUIDFromBytes(utf8(token)),
                token,
                kind,
                like.sender(),
                like.consumer(),
                like.provider(),
                like.service(),
                "1.0",
                optional == null ? "application/xml" : "application/xenc+xml",
                optional == null ? null : "ab".repeat(32),
                new Actor(actor, AssuranceLevel.SUBSTANTIAL, token, other == null ? null : "cd".repeat(32)),
                optional,
                other,
                code,
                code,
                code,
                "en",
                Priority.URGENT,
                issued,
                issued.plus(Duration.ofMillis(1)),
                other,
                version == 0 ? null : new RegistryReference(version, RegistryReference.State.GRACE),
                like.inReplyTo(),
                kind == MessageKind.EVENT && !like.consumer().equals(like.provider())
                        ? new EventSequence(version % EventSequence.MAX + 1, UUID.nameUUIDFromBytes(utf8(code)))
                        : null);
    }
}
