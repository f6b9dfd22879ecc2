package org.wasl.screens.frame;

import java.util.Optional;
import java.util.Set;

/**
 * Who looks at a page.
 *
 * @param name as whom the issuer knows them; empty for somebody who is not signed in
 * @param roles {@code CITIZEN}, {@code OFFICER}, {@code AUDITOR}, {@code OPERATOR}
 * @param nationalNumber a citizen's own
 * @param language the page's
 */
public record Person(String name, Set<String> roles, Optional<String> nationalNumber, Language language) {

    public static Person unknown(Language language) {
        return new Person("", Set.of(), Optional.empty(), language);
    }

    public boolean signedIn() {
        return !name.isEmpty();
    }

    public boolean is(String role) {
        return roles.contains(role);
    }
}
