package org.wasl.routes.exchange;

import java.util.Optional;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.agreement.AccessDecision;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.agreement.AccessRequest;
import org.wasl.security.agreement.RefusalDetail;
import org.wasl.security.container.Container;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;
import org.wasl.security.release.RecordOwner;

/**
 * The last word before anything is disclosed. A back-end may take its time, and what was allowed when it was asked need
 * not be any more: so the agreements are asked again, by the registry now in force, and their newer answer counts.
 */
final class Disclosure {

    private final AccessPolicy policy;
    private final CurrentRegistry current;
    private final EvidenceGate gate;
    private final Ledger ledger;
    private final KeyStanding standing;

    Disclosure(AccessPolicy policy, CurrentRegistry current, EvidenceGate gate, Ledger ledger, KeyStanding standing) {
        this.standing = standing;
        this.policy = policy;
        this.current = current;
        this.gate = gate;
        this.ledger = ledger;
    }

    /** Refuses while what this node discloses could not be proven by others; empty when it can. */
    private Optional<Serving> closed(Serving.Authorized authorized) {
        return gate.closed()
                .map(code -> refused(
                        authorized,
                        new Fault(
                                code,
                                Stage.LOG,
                                authorized.arrival().member().toString(),
                                "the log of this node lacks evidence that others hold")));
    }

    /** Refuses when a key behind the exchange was marked as in foreign hands; the requester's was judged as it came. */
    private Optional<Serving> untrusted(Serving.Authorized authorized, Registry registry) {
        Serving.Verified verified = authorized.verified();
        return standing.ofOwn(verified.provider().member(), registry)
                .or(() -> registry == verified.registry()
                        ? Optional.empty()
                        : standing.ofRequester(verified.request(), registry))
                .map(fault -> refused(authorized, fault));
    }

    /**
     * Refuses before the back-end is asked, when nothing could be disclosed: while the evidence is missing, or when a newer
     * registry, which came while the request was made durable, does not allow it any more.
     */
    Optional<Serving> refusal(Serving.Authorized authorized) {
        Registry registry = current.get();
        Optional<Serving> closed = closed(authorized).or(() -> untrusted(authorized, registry));
        if (closed.isPresent() || registry == authorized.verified().registry()) {
            return closed;
        }
        Serving confirmed = confirm(authorized);
        return confirmed instanceof Serving.Authorized ? Optional.empty() : Optional.of(confirmed);
    }

    /** Asks the log's evidence, the keys and the agreements once more; the released fields are those of the agreement that allows now. */
    Serving confirm(Serving.Authorized authorized) {
        Optional<Serving> closed = closed(authorized);
        if (closed.isPresent()) {
            return closed.get();
        }
        Registry registry = current.get();
        Optional<Serving> untrusted = untrusted(authorized, registry);
        if (untrusted.isPresent()) {
            return untrusted.get();
        }
        AccessRequest question = authorized.question().at(ledger.now());
        Optional<Fault> names = ServiceCheck.names(registry, question.consumer(), question.service(), Stage.AUTHORIZE);
        if (names.isPresent()) {
            return refused(authorized, names.get());
        }
        AccessDecision decision = policy.confirm(question, registry);
        if (decision instanceof AccessDecision.Denied denied) {
            return refused(authorized, denied.fault());
        }
        AccessDecision.Allowed allowed = (AccessDecision.Allowed) decision;
        Serving.Verified verified = authorized.verified();
        return new Serving.Authorized(
                verified.by(registry),
                registry.service(question.service()).orElseThrow(),
                authorized.parameters(),
                authorized.subject(),
                allowed.agreement(),
                question,
                allowed.owner());
    }

    /** Whether the full record belongs to whom it must; nothing of it has been cut, let alone signed, by then. */
    Serving checkOwner(Serving.Fetched fetched) {
        Serving.Authorized authorized = fetched.authorized();
        String owner = authorized.owner();
        if (owner == null) {
            return fetched;
        }
        Service service = authorized.service();
        String field = service.ownerField();
        if (field != null && RecordOwner.owns(fetched.record(), field, owner)) {
            return fetched;
        }
        return refused(authorized, RefusalDetail.notTheirs(authorized.agreement()));
    }

    private static Serving refused(Serving.Authorized authorized, Fault fault) {
        Container request = authorized.verified().request();
        return new Serving.Refused(
                authorized.arrival(),
                Optional.of(request.header()),
                Optional.of(request),
                fault,
                true,
                authorized.subject());
    }
}
