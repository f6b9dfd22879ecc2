package org.wasl.node.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user of the demo issuer.
 *
 * @param name the name to log in with
 * @param roles what the user may be
 * @param nationalNumber a citizen's own national number; null for people in office
 * @param represents the national number of the person whom the user may represent; null when nobody
 * @param label who this is, for people
 */
public record DemoUser(
        String name,
        Set<Role> roles,
        @Nullable String nationalNumber,
        @Nullable String represents,
        String label) {

    /** A user who represents nobody. */
    public DemoUser(String name, Set<Role> roles, @Nullable String nationalNumber, String label) {
        this(name, roles, nationalNumber, null, label);
    }

    public DemoUser {
        roles = Set.copyOf(roles);
    }
}
