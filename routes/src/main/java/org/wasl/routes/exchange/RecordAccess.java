package org.wasl.routes.exchange;

import java.util.Optional;
import org.wasl.connectors.Connector;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.Connectors;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.registry.Service;
import org.wasl.security.release.Cut;
import org.wasl.security.release.FieldRelease;

/** The provider's way to its record: fetch, cut to what the agreement releases, validate. */
final class RecordAccess {

    private final Connectors connectors;
    private final SchemaCatalogue schemas;
    private final Ledger ledger;
    private final Disclosure disclosure;
    private final DocumentAnswers documents;

    RecordAccess(
            Connectors connectors,
            SchemaCatalogue schemas,
            Ledger ledger,
            Disclosure disclosure,
            DocumentAnswers documents) {
        this.documents = documents;
        this.connectors = connectors;
        this.schemas = schemas;
        this.ledger = ledger;
        this.disclosure = disclosure;
    }

    /** Asks the agency's back-end, and then the agreements once more: that there is no such record is an answer too. */
    Serving fetch(Serving.Authorized authorized) {
        Optional<Serving> closed = disclosure.closed(authorized);
        if (closed.isPresent()) {
            return closed.get();
        }
        Header header = authorized.verified().request().header();
        Optional<Connector> connector = connectors.connector(header.service());
        if (connector.isEmpty()) {
            return faulted(
                    authorized,
                    fault(authorized, FaultCode.SERVICE_UNKNOWN, Stage.CONNECTOR, "no connector serves it"));
        }
        ConnectorResult result = connector
                .get()
                .fetch(new ConnectorQuery(
                        header.messageId().toString(),
                        header.service(),
                        authorized.parameters(),
                        authorized.verified().until()));
        try {
            return answered(authorized, result);
        } finally {
            if (result instanceof ConnectorResult.Document document) {
                document.source().close();
            }
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
