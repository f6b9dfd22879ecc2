package org.wasl.security.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wasl.security.container.Container;
import org.wasl.security.container.DssValidation;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.TestWorld;

/**
 * The verifier beside EU DSS. Both take what is genuine. DSS takes more: it is a validator of signatures, not of
 * messages, and passes what it was not asked about. What it takes and we refuse is counted by category.
 */
class DifferentialTest {

    /** Of each category so many attacks, spread over it: DSS takes its time. */
    private static final int OF_EACH_CATEGORY = 6;

    private final Ground ground = Ground.shared();
    private final Probe probe = new Probe();

    @Test
    void validate_whenGenuine_bothAccept() throws ReflectiveOperationException {
        TestWorld world = ground.world();
        for (MessageKind kind : MessageKind.values()) {
            Container container = world.signed(world.header(kind, "application/xml"), TestWorld.utf8("<a>وصل</a>"));
            assertThat(world.verify(container.octets()).getClass().getSimpleName())
                    .isEqualTo("Genuine");
            assertThat(dss(container.octets())).isEqualTo("TOTAL_PASSED");
        }
    }

    @Test
    void validate_whenAttacked_weAcceptNothingThatDssRefuses() throws ReflectiveOperationException {
        Map<Category, Integer> asked = new EnumMap<>(Category.class);
        Map<Category, Integer> passed = new EnumMap<>(Category.class);
        for (Category category : Category.values()) {
            List<Attack> attacks = AttackCorpus.all().stream()
                    .filter(attack -> attack.category() == category)
                    .filter(attack -> !attack.name().matches(".*(million|mebibytes|thousand|large|bomb).*"))
                    .toList();
            int step = Math.max(1, attacks.size() / OF_EACH_CATEGORY);
            for (int i = 0; i < attacks.size(); i += step) {
                Attempt attempt = attacks.get(i).make().apply(ground);
                assertThat(probe.send(attempt)).isInstanceOf(Probe.Outcome.Refused.class);
                asked.merge(category, 1, Integer::sum);
                if (dss(attempt.octets()).equals("TOTAL_PASSED")) {
                    passed.merge(category, 1, Integer::sum);
                }
            }
        }
        System.out.println("DSS was asked " + asked + ", and passed " + passed);
        // What DSS is not asked: how a zip is written, what a header says, whether the registry knows the signer.
        assertThat(passed.keySet()).contains(Category.ZIP_ENTRIES, Category.HEADER_RULES, Category.PAYLOADS);
        assertThat(passed.keySet()).doesNotContain(Category.CONTENT);
    }

    private String dss(byte[] octets) throws ReflectiveOperationException {
        return DssValidation.indication(
                octets, Forger.encoded(ground.world().authority.certificate()), encodedList());
    }

    private byte[] encodedList() {
        try {
            return ground.world().authority.crl(ground.world().now).getEncoded();
        } catch (java.security.cert.CRLException e) {
            throw new AssertionError(e);
        }
    }
}
