package org.wasl.routes.broker;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.MemberId;

/**
 * For whom a user of the broker may speak. The broker writes the user that it authenticated into every message that it
 * takes; whoever reads the message compares it with the member that signed.
 */
public final class Senders {

    private final Set<MemberId> own;

    /** @param own the members of the node that holds the broker, which sends in all their names */
    public Senders(Set<MemberId> own) {
        this.own = Set.copyOf(own);
    }

    /**
     * Whether what this user sent may be signed by this member.
     *
     * @param user as the broker wrote it; null when it wrote none, then nobody vouches for the message
     */
    public boolean speaksFor(@Nullable String user, MemberId member) {
        return RegistrySecurity.NODE_USER.equals(user)
                ? own.contains(member)
                : member.dotted().equals(user);
    }
}
