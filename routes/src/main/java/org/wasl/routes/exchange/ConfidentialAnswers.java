package org.wasl.routes.exchange;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.container.Sealing;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;

/** Signs answers that only the consumer's member, and the provider's own, can read. */
final class ConfidentialAnswers {

    private final AnswerSigner signer;
    private final PayloadSealer sealer;
    private final CurrentRegistry registry;
    private final Ledger ledger;

    ConfidentialAnswers(AnswerSigner signer, PayloadSealer sealer, CurrentRegistry registry, Ledger ledger) {
        this.signer = signer;
        this.sealer = sealer;
        this.registry = registry;
        this.ledger = ledger;
    }

    /**
     * An answer, or the fault that takes its place since it cannot be encrypted.
     *
     * @param answer the signed answer; in plain when it is such a fault
     * @param instead why the answer that was meant cannot leave; null when it can
     */
    record Signed(Container answer, @Nullable Fault instead) {}

    /**
     * Signs the one reply of the provider.
     *
     * @param lives until when it may be processed at the least
     * @param decidedBy the registry on whose word it was decided; whom to encrypt to is asked of the one in force
     */
    Signed reply(Container request, Registry decidedBy, String schemaVersion, byte[] payload, Instant lives) {
        Header header = request.header();
        return sign(
                signer.replyDraft(request, decidedBy, schemaVersion, payload, lives),
                header.provider(),
                header,
                request.asInReplyTo());
    }

    /** Signs the one fault of this party, when it says something of what the back-end holds. */
    Signed fault(SubsystemId party, Header request, InReplyTo bound, Fault fault) {
        return sign(signer.faultDraft(party, request, bound, fault), party, request, bound);
    }

    /** Signs what this party says about that request, or the fault that takes its place. */
    Signed sign(AnswerSigner.Draft draft, SubsystemId party, Header request, InReplyTo bound) {
        Sealing sealing = sealer.seal(draft.header(), draft.payload(), registry.get(), ledger.now());
        if (sealing instanceof Sealing.Sealed sealed) {
            return new Signed(signer.sign(new AnswerSigner.Draft(sealed.header(), sealed.payload())), null);
        }
        Fault instead = ((Sealing.Refused) sealing).fault();
        return new Signed(signer.fault(party, request, bound, instead), instead);
    }
}
