package org.wasl.security.authority;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.MemberId;

/**
 * What serves a demonstration beside its nodes, and where. What is not there, its registry does not ask for.
 *
 * @param status answers for the status of certificates and gives time-stamps, as {@link StatusServer#address()}; null when
 *     nothing does
 * @param witnesses where all members' witnesses take checkpoints, each below its code; ends with {@code /}; null when
 *     there are none
 */
public record DemoServices(@Nullable URI status, @Nullable URI witnesses) {

    /** Nothing but the registry and revocation lists. */
    public static final DemoServices NONE = new DemoServices(null, null);

    /** Where this member's witness takes checkpoints; null when there are none. */
    @Nullable
    URI witness(MemberId member) {
        return witnesses == null ? null : witnesses.resolve(member.member());
    }

    /** Where authorities of this name answer for what they issued; null when nothing does. */
    @Nullable
    URI responder(String authority) {
        return status == null ? null : status.resolve("ocsp/" + authority);
    }
}
