package org.wasl.security.keys;

import java.util.Optional;
import java.util.Set;
import org.wasl.schemas.identifier.MemberId;

/** The message keys of the members that this node speaks for. */
public interface MemberKeys {

    /** The key with which this member signs now; empty when this node does not speak for it. */
    Optional<SigningKey> messageKey(MemberId member);

    /** The members that this node speaks for. */
    Set<MemberId> members();
}
