package org.wasl.connectors.mapping;

import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.backend.BackEndFailure;
import org.wasl.connectors.backend.Step;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.xml.Violation;

/** Validates a mapped record: nothing that its schema refuses is ever signed. */
public final class RecordCheck {

    private final SchemaCatalogue schemas;

    public RecordCheck(SchemaCatalogue schemas) {
        this.schemas = schemas;
    }

    /**
     * Passes a valid record, and a not-found, unchanged.
     *
     * @throws BackEndFailure naming the first field at fault, its rule, and how many more there are
     */
    public Mapped validate(Mapped mapped) {
        if (mapped.result() instanceof ConnectorResult.Found found
                && schemas.validate(found.record()) instanceof SchemaVerdict.Invalid invalid) {
            Violation first = invalid.violations().get(0);
            throw new BackEndFailure(FaultCode.RECORD_INVALID, Step.VALIDATE, invalid.summary(), first.path(), null);
        }
        return mapped;
    }
}
