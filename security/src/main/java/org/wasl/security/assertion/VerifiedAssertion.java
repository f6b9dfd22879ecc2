package org.wasl.security.assertion;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;

/**
 * What a registered identity issuer asserts of the person who asks, for this request and this receiver: checked.
 *
 * @param issuer who asserts it
 * @param actorId the person's opaque identifier on the bus, the same as in the header
 * @param kind the capacity in which the person asks
 * @param assurance how well the issuer proved who the person is
 * @param nationalNumber the person's own national number; null when the issuer does not assert one, as for officers
 * @param mandate whom the person may represent in this request; null when nobody
 * @param expires until when it may be relied on
 */
public record VerifiedAssertion(
        URI issuer,
        String actorId,
        ActorKind kind,
        AssuranceLevel assurance,
        @Nullable String nationalNumber,
        @Nullable Mandate mandate,
        Instant expires) {

    @Override
    public String toString() {
        // Without national numbers: this ends up in logs.
        return kind + " " + actorId + " of " + issuer;
    }
}
