package org.wasl.routes.participant;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.MemberId;

/** Who takes part in a deferred answer. */
enum Role {
    BROKER(null),
    PROVIDER("JO/GOV/MOJ"),
    CONSUMER("JO/GOV/DVLD"),
    COMPOSER("JO/GOV/PORTAL");

    private final @Nullable String member;

    Role(@Nullable String member) {
        this.member = member;
    }

    /** For whom it speaks; the broker for nobody. */
    Optional<MemberId> member() {
        return Optional.ofNullable(member).map(MemberId::parse);
    }
}
