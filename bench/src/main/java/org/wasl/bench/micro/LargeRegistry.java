package org.wasl.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.registry.ActorRule;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Quota;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;
import org.wasl.security.registry.Subsystem;

/** A registry with many more members and agreements than it began with, as a country's would have. */
final class LargeRegistry {

    private static final String SUBSYSTEM = "records";

    private final Registry like;
    private final int members;
    private final int services;

    private LargeRegistry(Registry like, int members, int agreements) {
        this.like = like;
        this.members = members;
        // As many as it takes for no two agreements to be between the same two.
        this.services = 1 + agreements / (members * members);
    }

    /**
     * The registry with so many more.
     *
     * @param like what it begins with
     * @param members how many members are added, at least one when there are agreements
     * @param agreements how many agreements are added, between them
     */
    static Registry of(Registry like, int members, int agreements) {
        return members == 0 ? like : new LargeRegistry(like, members, agreements).with(agreements);
    }

    /** The consumer of an added agreement. */
    static SubsystemId consumer(int number, int members) {
        return member(number % members).subsystem(SUBSYSTEM);
    }

    /** The service of an added agreement. */
    static ServiceId service(int number, int members) {
        return member(number / members % members)
                .subsystem(SUBSYSTEM)
                .service("record-" + number / members / members, 1);
    }

    private static MemberId member(int number) {
        return MemberId.parse(String.format(Locale.ROOT, "JO/GOV/M%05d", number));
    }

    private Registry with(int agreements) {
        List<Member> all = new ArrayList<>(like.members());
        for (int i = 0; i < members; i++) {
            all.add(added(member(i)));
        }
        List<Agreement> between = new ArrayList<>(like.agreements());
        for (int i = 0; i < agreements; i++) {
            between.add(agreement(i));
        }
        return new Registry(
                like.instance(),
                like.version(),
                like.issued(),
                like.expires(),
                like.grace(),
                like.trusted(),
                like.evidence().orElse(null),
                all,
                between);
    }

    private Member added(MemberId id) {
        SubsystemId subsystem = id.subsystem(SUBSYSTEM);
        List<Service> offered = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            offered.add(new Service(
                    subsystem.service("record-" + i, 1),
                    new Label("سجل", "Record"),
                    List.of(),
                    "urn:wasl:civil:1",
                    "1.0",
                    Set.of("GET")));
        }
        return new Member(
                id,
                new Label("جهة", "Agency"),
                List.of("node-1"),
                List.of(),
                List.of(new Subsystem(subsystem, new Label("السجلات", "Records"), offered)));
    }

    private Agreement agreement(int number) {
        return new Agreement(
                String.format(Locale.ROOT, "added-%06d", number),
                consumer(number, members),
                service(number, members),
                Map.of("COURT_CASE", Set.of("JO-LAW-9-2001")),
                List.of(ActorRule.unconditional(ActorKind.SYSTEM)),
                List.of("person/identifier", "person/name", "person/status"),
                Quota.UNLIMITED,
                null,
                false,
                like.issued(),
                like.expires(),
                null,
                null);
    }
}
