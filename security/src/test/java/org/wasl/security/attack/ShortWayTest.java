package org.wasl.security.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.AsicContainerVerifier.Way;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerLimits;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.OpenResult;
import org.wasl.security.container.Parts;
import org.wasl.security.container.TestWorld;
import org.wasl.security.registry.CertificatePath;

/** The short way of verifying beside the full one: the same verdict about everything, in every detail. */
class ShortWayTest {

    private static final Ground GROUND = Ground.shared();
    private static final Frozen FROZEN = new Frozen();
    private static final AsicContainerVerifier SHORT = verifier(Way.SHORT);
    private static final AsicContainerVerifier FULL = verifier(Way.FULL);
    private static final long SEED = Long.getLong("wasl.attack.seed", 20261122L);
    private static final int MUTANTS_OF_A_KIND = Integer.getInteger("wasl.attack.mutants", 500);

    /** Header values that one reader might take and another not, or take otherwise. */
    private static final List<String[]> HEADER_VALUES = List.of(
            new String[] {"issued", "0000-01-01T00:00:00.000Z"},
            new String[] {"issued", "0001-01-01T00:00:00.000Z"},
            new String[] {"issued", "2026-02-30T00:00:00.000Z"},
            new String[] {"issued", "2024-02-29T00:00:00.000Z"},
            new String[] {"issued", "2023-02-29T00:00:00.000Z"},
            new String[] {"issued", "2026-01-01T24:00:00.000Z"},
            new String[] {"issued", "2026-01-01T23:59:60.000Z"},
            new String[] {"issued", "2026-01-01T00:00:00Z"},
            new String[] {"issued", "2026-01-01T00:00:00.0000Z"},
            new String[] {"issued", "2026-13-01T00:00:00.000Z"},
            new String[] {"issued", "2026-01-01t00:00:00.000z"},
            new String[] {"issued", "2026-01-01T00:00:00.000+00:00"},
            new String[] {"expires", "9999-12-31T23:59:59.999Z"},
            new String[] {"expires", "10000-12-31T23:59:59.999Z"},
            new String[] {"messageId", "1-1-1-1-1"},
            new String[] {"messageId", "ABCDEF01-0000-4000-8000-000000000000"},
            new String[] {"messageId", "00000000-0000-0000-0000-000000000000"},
            new String[] {"kind", "request"},
            new String[] {"kind", "REPLY"},
            new String[] {"sender", "JO/GOV/PORTAL"},
            new String[] {"sender", "JO/GOV/PORTAL/web/"},
            new String[] {"sender", "JO/GOV/CSPD/registry"},
            new String[] {"sender", "JO/GOV/-/web"},
            new String[] {"service", "JO/GOV/CSPD/registry/person-record/v01"},
            new String[] {"service", "JO/GOV/CSPD/registry/person-record/v1000"},
            new String[] {"service", "JO/GOV/CSPD/registry/" + "a".repeat(65) + "/v1"},
            new String[] {"schemaVersion", "0.1"},
            new String[] {"schemaVersion", "1.0000"},
            new String[] {"payloadMediaType", "application/xenc+xml"},
            new String[] {"payloadMediaType", "application/pdf"},
            new String[] {"payloadMediaType", "application/" + "x".repeat(88)},
            new String[] {"payloadMediaType", "application/" + "x".repeat(89)},
            new String[] {"correlationId", "a".repeat(200)},
            new String[] {"correlationId", "a".repeat(201)},
            new String[] {"correlationId", " a"},
            new String[] {"correlationId", "a\u00a0"},
            new String[] {"correlationId", "a&amp;b"},
            new String[] {"correlationId", "&#97;"},
            new String[] {"correlationId", "a'b"},
            new String[] {"purpose", "_A"},
            new String[] {"purpose", "A".repeat(100)},
            new String[] {"purpose", "A".repeat(101)},
            new String[] {"locale", "fr"},
            new String[] {"priority", "normal"},
            new String[] {"idempotencyKey", ""});

    private static AsicContainerVerifier verifier(Way way) {
        return new AsicContainerVerifier(
                TestWorld.SCHEMAS, new CertificatePath(RevocationLists.NONE), ContainerLimits.standard(), way);
    }

    static Stream<Attack> attacks() {
        return AttackCorpus.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void verify_whenAttacked_saysTheSameOnBothWays(Attack attack) {
        agree(attack.make().apply(GROUND));
    }

    @Test
    void verify_whenGenuine_saysTheSameOnBothWays() {
        assertThat(agree(GROUND.attempt(GROUND.genuine()))).startsWith("genuine");
        assertThat(agree(FROZEN.attempt(FROZEN.genuine()))).startsWith("genuine");
    }

    @Test
    void verify_whenTheCertificateIsRefused_saysTheSameOnBothWays() {
        Attempt genuine = GROUND.attempt(GROUND.genuine());
        Attempt late =
                new Attempt(genuine.octets(), genuine.registry(), genuine.at().plusSeconds(400L * 24 * 3600));
        assertThat(agree(late)).startsWith("refused wasl.certificate");
        Attempt unknown = GROUND.attempt(GROUND.genuine(), GROUND.cspdKey().certificate());
        assertThat(agree(unknown)).startsWith("refused wasl.certificate");
    }

    @Test
    void verify_whenAnyOctetIsChanged_saysTheSameOnBothWays() {
        byte[] genuine = FROZEN.genuine();
        Random random = new Random(SEED);
        for (int i = 0; i < genuine.length; i++) {
            byte[] changed = genuine.clone();
            changed[i] ^= (byte) (1 << random.nextInt(8));
            assertThat(agree(FROZEN.attempt(changed))).as("octet " + i).startsWith("refused");
        }
    }

    @Test
    void verify_whenCutOrLengthened_saysTheSameOnBothWays() {
        byte[] genuine = FROZEN.genuine();
        for (int length = 0; length < genuine.length + 64; length += length < 64 ? 1 : 37) {
            if (length != genuine.length) {
                assertThat(agree(FROZEN.attempt(Arrays.copyOf(genuine, length))))
                        .startsWith("refused");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mutator.Kind.class)
    void verify_whenMutatedAtRandom_saysTheSameOnBothWays(Mutator.Kind kind) {
        byte[] genuine = FROZEN.genuine();
        for (int i = 0; i < MUTANTS_OF_A_KIND; i++) {
            byte[] mutant = new Mutator(SEED + i, genuine, FROZEN.another()).mutate(kind);
            if (!Arrays.equals(mutant, genuine)) {
                assertThat(agree(FROZEN.attempt(mutant)))
                        .as(kind + " with the seed " + (SEED + i))
                        .startsWith("refused");
            }
        }
    }

    @Test
    void verify_whenASignerWritesUnusualHeaders_saysTheSameOnBothWays() {
        int genuine = 0;
        for (String[] field : HEADER_VALUES) {
            String value = "(<env:" + field[0] + ">)[^<]*";
            String said = agreeSigned(text -> text.replaceFirst(value, "$1" + field[1]));
            genuine += said.startsWith("genuine") ? 1 : 0;
        }
        assertThat(genuine).isPositive();
    }

    @Test
    void verify_whenASignerWritesMutatedHeaders_saysTheSameOnBothWays() {
        Random random = new Random(SEED);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 2 * MUTANTS_OF_A_KIND; i++) {
            said.add(agreeSigned(text -> mutated(text, random)));
        }
        assertThat(said).anyMatch(s -> s.startsWith("genuine")).anyMatch(s -> s.startsWith("refused"));
    }

    /** One character becomes another, of those that headers are made of and some that they are not. */
    private static String mutated(String text, Random random) {
        String characters = "0123456789abcdefAZ-_./:+=@ \t\n<>&\"';\u00e9";
        int at = random.nextInt(text.length());
        char other = characters.charAt(random.nextInt(characters.length()));
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + text.substring(at + 1);
            case 1 -> text.substring(0, at) + other + text.substring(at);
            default -> text.substring(0, at) + other + text.substring(at + 1);
        };
    }

    private static String agreeSigned(java.util.function.UnaryOperator<String> change) {
        Parts parts = GROUND.parts();
        String header = change.apply(parts.text(Terms.HEADER));
        parts.octets(Terms.HEADER, header.getBytes(StandardCharsets.UTF_8));
        Forger.redigest(parts);
        // The signing time follows the header's, so that nothing but the header is unusual.
        int from = header.indexOf("<env:issued>") + "<env:issued>".length();
        int to = header.indexOf("</env:issued>");
        if (from > 12 && to > from) {
            String time = "$1" + java.util.regex.Matcher.quoteReplacement(header.substring(from, to));
            String signatures = parts.text(Terms.SIGNATURES).replaceFirst("(<xades:SigningTime>)[^<]*", time);
            parts.octets(Terms.SIGNATURES, signatures.getBytes(StandardCharsets.UTF_8));
            Forger.redigest(parts);
        }
        Forger.sign(parts, GROUND.portal());
        return agree(GROUND.attempt(parts.zip()));
    }

    /** Asks both ways everything, and returns what they agree on. */
    private static String agree(Attempt attempt) {
        String verdict = told(FULL.verify(attempt.octets(), attempt.registry(), attempt.at()));
        assertThat(told(SHORT.verify(attempt.octets(), attempt.registry(), attempt.at())))
                .isEqualTo(verdict);
        assertThat(told(SHORT.open(attempt.octets()))).isEqualTo(told(FULL.open(attempt.octets())));
        return verdict;
    }

    private static String told(ContainerVerdict verdict) {
        if (verdict instanceof ContainerVerdict.Refused refused) {
            return told(refused.fault()) + " claimed " + refused.claimed();
        }
        ContainerVerdict.Genuine genuine = (ContainerVerdict.Genuine) verdict;
        return "genuine " + told(genuine.container()) + genuine.certificate().getSerialNumber() + genuine.evidence();
    }

    private static String told(OpenResult result) {
        return result instanceof OpenResult.Refused refused
                ? told(refused.fault()) + " claimed " + refused.claimed()
                : "opened " + told(((OpenResult.Opened) result).container());
    }

    private static String told(Fault fault) {
        return "refused " + fault.code().wireCode() + " at " + fault.stage() + " by " + fault.leg() + ": "
                + fault.detail();
    }

    private static String told(Container container) {
        return container.header().toString()
                + Arrays.hashCode(container.octets())
                + Arrays.hashCode(container.headerOctets())
                + Arrays.hashCode(container.payload())
                + container.headerDigest()
                + container.payloadDigest();
    }
}
