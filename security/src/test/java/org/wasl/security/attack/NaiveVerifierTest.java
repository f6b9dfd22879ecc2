package org.wasl.security.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The suite bites: a verifier that only calls {@code validate()} fails it in most categories. */
class NaiveVerifierTest {

    private final Ground ground = Ground.shared();

    @Test
    void accepts_whenGenuine_does() {
        assertThat(new NaiveVerifier(true).accepts(ground.genuine())).isTrue();
        assertThat(new NaiveVerifier(false).accepts(ground.genuine())).isTrue();
    }

    @Test
    void accepts_whenContentIsAltered_doesNot() {
        byte[] altered = ground.parts()
                .replace(Terms.PAYLOAD, Ground.NUMBER, "9990000002")
                .zip();
        assertThat(new NaiveVerifier(false).accepts(altered)).isFalse();
    }

    @Test
    void accepts_whenTheCorpusIsRun_fallsForMostCategories() {
        Map<Category, Integer> secure = new EnumMap<>(Category.class);
        Map<Category, Integer> lax = new EnumMap<>(Category.class);
        for (Attack attack : AttackCorpus.all()) {
            byte[] octets = attack.make().apply(ground).octets();
            if (new NaiveVerifier(true).accepts(octets)) {
                secure.merge(attack.category(), 1, Integer::sum);
            }
            if (new NaiveVerifier(false).accepts(octets)) {
                lax.merge(attack.category(), 1, Integer::sum);
            }
        }
        System.out.println("accepted, secure validation on: " + secure);
        System.out.println("accepted, secure validation off: " + lax);

        assertThat(secure.keySet())
                .contains(
                        Category.WRAPPING,
                        Category.REFERENCES,
                        Category.ZIP_ENTRIES,
                        Category.ZIP_NAMES,
                        Category.ZIP_FIELDS,
                        Category.ENCODING,
                        Category.ENTITIES,
                        Category.XML_SHAPE,
                        Category.HEADER_RULES,
                        Category.ALGORITHMS,
                        Category.KEYS,
                        Category.VALUES,
                        Category.CERTIFICATES,
                        Category.PAYLOADS);
        assertThat(sum(secure)).isGreaterThan(300);
        assertThat(sum(lax)).isGreaterThan(sum(secure));
    }

    private static int sum(Map<Category, Integer> byCategory) {
        return byCategory.values().stream().mapToInt(Integer::intValue).sum();
    }
}
