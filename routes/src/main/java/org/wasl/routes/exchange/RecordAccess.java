package org.wasl.routes.exchange;

import java.time.Duration;
import java.util.Optional;
import org.wasl.connectors.Connector;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.Connectors;
import org.wasl.routes.flow.Ended;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.load.BackEndGate;
import org.wasl.routes.load.BackEndGates;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.RetryHint;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.Priority;
import org.wasl.security.registry.Service;
import org.wasl.security.release.Cut;
import org.wasl.security.release.FieldRelease;

/** The provider's way to its record: fetch, cut to what the agreement releases, validate. */
final class RecordAccess {

    /** How long an answer announced for later waits for its turn at the back-end, each time that it is asked for. */
    private static final Duration AGAIN_WAITS = Duration.ofSeconds(10);

    private final Connectors connectors;
    private final SchemaCatalogue schemas;
    private final Ledger ledger;
    private final Disclosure disclosure;
    private final DocumentAnswers documents;
    private final BackEndGates gates;
    private final LateWork late;

    RecordAccess(
            Connectors connectors,
            SchemaCatalogue schemas,
            Ledger ledger,
            Disclosure disclosure,
            DocumentAnswers documents,
            BackEndGates gates,
            LateWork late) {
        this.gates = gates;
        this.late = late;
        this.documents = documents;
        this.connectors = connectors;
        this.schemas = schemas;
        this.ledger = ledger;
        this.disclosure = disclosure;
    }

    /**
     * Asks the agency's back-end, once it is the request's turn, and then the agreements once more: that there is no such
     * record is an answer too.
     */
    Object fetch(Serving.Authorized authorized) {
        Optional<Serving> refusal = disclosure.refusal(authorized);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Header header = authorized.verified().request().header();
        Optional<Connector> connector = connectors.connector(header.service());
        if (connector.isEmpty()) {
            return faulted(
                    authorized,
                    fault(authorized, FaultCode.SERVICE_UNKNOWN, Stage.CONNECTOR, "no connector serves it"));
        }
        Duration left = Duration.between(ledger.now(), authorized.verified().until());
        boolean again = authorized.verified().openUntil() != null;
        BackEndGate.Entry entry = gates.gate(header.service())
                .enter(again ? Priority.LOW : header.priority(), again ? least(left, AGAIN_WAITS) : left);
        if (entry instanceof BackEndGate.Entry.Admitted admitted) {
            return ask(authorized, connector.get(), admitted.pass());
        }
        if (again && !left.isNegative()) {
            // Nobody waits for it now: it is asked again when its time has come.
            return Ended.Done.DONE;
        }
        return faulted(authorized, notAsked(authorized, entry));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Fault notAsked(Serving.Authorized authorized, BackEndGate.Entry entry) {
        if (entry instanceof BackEndGate.Entry.Full full) {
            return fault(
                    authorized,
                    FaultCode.OVERLOADED,
                    Stage.CONNECTOR,
                    RetryHint.with("more requests wait for the back-end than may", full.again()));
        }
        late.before(Stage.CONNECTOR);
        return fault(
                authorized,
                FaultCode.EXCHANGE_EXPIRED,
                Stage.CONNECTOR,
                "the request's time was up before its turn at the back-end");
    }

    private Serving ask(Serving.Authorized authorized, Connector connector, BackEndGate.Pass pass) {
        Header header = authorized.verified().request().header();
        ConnectorResult result;
        try {
            result = connector.fetch(new ConnectorQuery(
                    header.messageId().toString(),
                    header.service(),
                    authorized.parameters(),
                    authorized.verified().until()));
            learn(pass, result);
        } finally {
            // Of a bug nothing is learnt; what was given back already stays so.
            pass.ignored();
        }
        try {
            return answered(authorized, result);
        } finally {
            if (result instanceof ConnectorResult.Document document) {
                document.source().close();
            }
        }
    }

    private static void learn(BackEndGate.Pass pass, ConnectorResult result) {
        if (!(result instanceof ConnectorResult.Failed failed)) {
            pass.answered();
            return;
        }
        switch (failed.fault().code()) {
            case BACKEND_TIMED_OUT, BACKEND_BUSY -> pass.overloaded();
            // Refused at once by the breaker, or by nobody there: that says nothing of how much it bears.
            default -> pass.ignored();
        }
    }

    private Serving answered(Serving.Authorized authorized, ConnectorResult result) {
        if (result instanceof ConnectorResult.Failed failed) {
            return faulted(authorized, failed.fault());
        }
        Serving confirmed = disclosure.confirm(authorized);
        if (!(confirmed instanceof Serving.Authorized still)) {
            return confirmed;
        }
        if (result instanceof ConnectorResult.Deferred later) {
            return new Serving.Deferred(still, later);
        }
        boolean record = result instanceof ConnectorResult.Found;
        boolean document = result instanceof ConnectorResult.Document;
        if (still.service().givesDocuments() ? record : document) {
            return faulted(
                    still,
                    fault(
                            still,
                            FaultCode.DOCUMENT_MEDIA_TYPE,
                            Stage.CONNECTOR,
                            "a document came for a service of records, or a record for one of documents"));
        }
        if (result instanceof ConnectorResult.Document found) {
            return document(still, found);
        }
        if (result instanceof ConnectorResult.Found found) {
            return disclosure.checkOwner(
                    new Serving.Fetched(still, found.record(), found.asOf(), found.coverageComplete()));
        }
        return faulted(
                still, fault(still, FaultCode.RECORD_NOT_FOUND, Stage.CONNECTOR, "the source holds no such record"));
    }

    /** Signs the document as it comes, and then asks the agreements again: a long document takes its time. */
    private Serving document(Serving.Authorized authorized, ConnectorResult.Document found) {
        DocumentAnswers.Result result = documents.sign(authorized, found);
        if (result instanceof DocumentAnswers.Result.Refused refused) {
            return faulted(authorized, refused.fault());
        }
        Container answer = ((DocumentAnswers.Result.Signed) result).answer();
        Serving confirmed = disclosure.confirm(authorized);
        if (confirmed instanceof Serving.Authorized still) {
            if (ledger.now().isBefore(still.verified().until())) {
                return new Serving.Documented(still, answer);
            }
            confirmed = faulted(
                    still, fault(still, FaultCode.EXCHANGE_EXPIRED, Stage.CONNECTOR, "the document came too late"));
        }
        DocumentAnswers.drop(answer);
        return confirmed;
    }

    /** Cuts the record to the fields that the agreement releases. */
    Serving minimise(Serving.Fetched fetched) {
        Serving.Authorized authorized = fetched.authorized();
        if (!ledger.now().isBefore(authorized.verified().until())) {
            late.before(Stage.MINIMISE);
            return faulted(
                    authorized,
                    fault(authorized, FaultCode.EXCHANGE_EXPIRED, Stage.MINIMISE, "the back-end answered too late"));
        }
        Cut cut = FieldRelease.cut(fetched.record(), authorized.agreement().released());
        if (cut instanceof Cut.Released released) {
            return new Serving.Fetched(authorized, released.record(), fetched.asOf(), fetched.coverageComplete());
        }
        Fault refused = ((Cut.Refused) cut).fault();
        return faulted(authorized, fault(authorized, refused.code(), refused.stage(), refused.detail()));
    }

    /** Validates what is left against the service's schema: nothing unreadable is signed. */
    Serving validate(Serving.Fetched fetched) {
        Service service = fetched.authorized().service();
        SchemaVerdict verdict = schemas.validate(fetched.record(), service.namespace(), service.schemaVersion());
        if (verdict instanceof SchemaVerdict.Invalid invalid) {
            return faulted(
                    fetched.authorized(),
                    fault(fetched.authorized(), FaultCode.RECORD_INVALID, Stage.VALIDATE, invalid.summary()));
        }
        if (!ledger.now().isBefore(fetched.authorized().verified().until())) {
            late.before(Stage.SIGN);
            return faulted(
                    fetched.authorized(),
                    fault(fetched.authorized(), FaultCode.EXCHANGE_EXPIRED, Stage.SIGN, "too late to be signed"));
        }
        return fetched;
    }

    private static Serving.Faulted faulted(Serving.Authorized authorized, Fault fault) {
        Container request = authorized.verified().request();
        return new Serving.Faulted(
                authorized.arrival(),
                authorized.verified().provider(),
                request.header(),
                request.asInReplyTo(),
                true,
                request.header().isEncrypted(),
                fault,
                authorized.subject());
    }

    private static Fault fault(Serving.Authorized authorized, FaultCode code, Stage stage, String detail) {
        return new Fault(code, stage, authorized.arrival().member().toString(), detail);
    }
}
