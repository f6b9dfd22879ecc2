package org.wasl.bench.exchange;

import java.util.ArrayList;
import java.util.List;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Subsystem;

/**
 * How much larger than the samples' the registry is.
 *
 * @param members how many members there are at least
 * @param agreements how many agreements there are at least
 */
public record Scale(int members, int agreements) {

    /** The samples' own size. */
    public static final Scale SAMPLES = new Scale(0, 0);

    /** The registry with further members and agreements, which have no part in what is measured. */
    Registry grown(Registry samples) {
        List<Member> all = new ArrayList<>(samples.members());
        int added = Math.max(members - all.size(), agreements > 0 ? 1 : 0);
        for (int i = 0; i < added; i++) {
            all.add(member(i));
        }
        List<Agreement> agreed = new ArrayList<>();
        Agreement like = samples.agreements().get(0);
        for (int i = samples.agreements().size(); i < agreements; i++) {
            agreed.add(another(like, SubsystemId.parse("JO/GOV/X" + i % added + "/system"), i));
        }
        // What is asked for stands last: whoever searches from the start finds it late.
        agreed.addAll(samples.agreements());
        return new Registry(
                samples.instance(),
                samples.version(),
                samples.issued(),
                samples.expires(),
                samples.grace(),
                samples.trusted(),
                samples.evidence().orElse(null),
                all,
                agreed);
    }

    private static Member member(int number) {
        MemberId id = MemberId.parse("JO/GOV/X" + number);
        Label name = new Label("جهة " + number, "Agency " + number);
        return new Member(
                id,
                name,
                List.of("node-1"),
                List.of(),
                List.of(new Subsystem(id.subsystem("system"), name, List.of())));
    }

    private static Agreement another(Agreement like, SubsystemId consumer, int number) {
        return new Agreement(
                "bench-" + number,
                consumer,
                like.service(),
                like.purposes(),
                like.actors(),
                like.released(),
                like.quota(),
                like.hours(),
                like.confidential(),
                like.validFrom(),
                like.validTo(),
                null,
                null);
    }
}
