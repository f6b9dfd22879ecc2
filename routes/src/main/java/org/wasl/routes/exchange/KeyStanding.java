package org.wasl.routes.exchange;

import java.util.Optional;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.ContainerVerifier;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.Registry;

/**
 * Whether the keys that an exchange stands on may still be relied on, when its answer is there at last. A key that came into
 * foreign hands since the question ends it; one that was replaced or ran out since does not, for the question was genuine.
 */
final class KeyStanding {

    private final ContainerVerifier verifier;
    private final MemberKeys keys;
    private final Ledger ledger;

    KeyStanding(ContainerVerifier verifier, MemberKeys keys, Ledger ledger) {
        this.verifier = verifier;
        this.keys = keys;
        this.ledger = ledger;
    }

    /** Why a genuine request is not to be answered any more, or not now; empty when it may be. */
    Optional<Fault> ofRequester(Container request, Registry registry) {
        return verifier.verify(request.octets(), registry, ledger.now()) instanceof ContainerVerdict.Refused refused
                        && (refused.fault().code() == FaultCode.CERTIFICATE_REVOKED
                                || refused.fault().code() == FaultCode.CERTIFICATE_STATUS_UNKNOWN)
                ? Optional.of(refused.fault())
                : Optional.empty();
    }

    /**
     * Why nobody is to believe what this member signs now; empty when it may sign. That its key's status cannot be had here
     * is for its receivers to judge: they may have it.
     */
    Optional<Fault> ofOwn(MemberId member, Registry registry) {
        return keys.messageKey(member)
                .flatMap(key -> verifier.refusal(key, registry, ledger.now()))
                .filter(fault -> fault.code() == FaultCode.CERTIFICATE_REVOKED);
    }
}
