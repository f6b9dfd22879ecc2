package org.wasl.security.certificate;

import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By what a path is judged (RFC 5280, 6.1.1).
 *
 * @param at the instant at which all of it must be valid
 * @param lists the revocation lists, complete and delta ones, by which every certificate of the path must be shown not
 *     to be revoked; null when revocation is asked elsewhere
 * @param policies the initial policy set; empty: any policy
 * @param explicitPolicy whether the path must be valid for at least one of the policies
 * @param inhibitMapping whether policies may not be mapped
 * @param inhibitAnyPolicy whether anyPolicy counts for nothing
 */
public record PathRules(
        Instant at,
        @Nullable List<X509CRL> lists,
        Set<String> policies,
        boolean explicitPolicy,
        boolean inhibitMapping,
        boolean inhibitAnyPolicy) {

    public PathRules {
        lists = lists == null ? null : List.copyOf(lists);
        policies = Set.copyOf(policies);
    }

    /** Everything but revocation. */
    public static PathRules withoutRevocation(Instant at) {
        return new PathRules(at, null, Set.of(), false, false, false);
    }

    /** Revocation by these lists too. */
    public static PathRules withLists(Instant at, List<X509CRL> lists) {
        return new PathRules(at, lists, Set.of(), false, false, false);
    }
}
