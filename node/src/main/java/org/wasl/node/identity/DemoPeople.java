package org.wasl.node.identity;

import java.util.Optional;
import org.wasl.security.assertion.Mandate;

/** The demo users as the people whom the demo issuer knows: under which identifiers, and whom they may represent. */
public final class DemoPeople {

    private final DemoUsers users;
    private final Pseudonyms pseudonyms;
    private final String issuer;

    /** @param issuer the issuer's name, which does not change with its address */
    public DemoPeople(DemoUsers users, Pseudonyms pseudonyms, String issuer) {
        this.users = users;
        this.pseudonyms = pseudonyms;
        this.issuer = issuer;
    }

    Optional<DemoUser> user(String name) {
        return users.user(name);
    }

    /** The user's opaque identifier on the bus. */
    String actorId(DemoUser user) {
        return pseudonyms.pseudonym(issuer, user.name());
    }

    /** Whom the user may represent; empty when nobody. */
    Optional<Mandate> mandate(DemoUser user) {
        String represented = user.represents();
        return represented == null
                ? Optional.empty()
                : Optional.of(new Mandate(pseudonyms.pseudonym(issuer + " party", represented), represented));
    }
}
