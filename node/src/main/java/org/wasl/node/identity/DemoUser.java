package org.wasl.node.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user of the demo issuer.
 *
 * @param name the name to log in with
 * @param roles what the user may be
 * @param nationalNumber a citizen's own national number; null for people in office
 * @param label who this is, for people
 */
public record DemoUser(
        String name, Set<Role> roles, @Nullable String nationalNumber, String label) {

    public DemoUser {
        roles = Set.copyOf(roles);
    }
}
