package org.wasl.schemas;

import java.util.List;
import org.w3c.dom.Document;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.xml.Violation;

/** What validating a document found. */
public sealed interface SchemaVerdict {

    /**
     * The document follows the schema.
     *
     * @param document the document as parsed; not safe for several threads at once
     * @param schema the schema it follows
     */
    record Valid(Document document, SchemaEntry schema) implements SchemaVerdict {}

    /**
     * The document does not.
     *
     * @param code {@code SCHEMA_INVALID}, {@code SCHEMA_UNKNOWN}, or an {@code XML_} code when it cannot even be parsed
     * @param violations where and why: at least one, bounded, in the document's order
     */
    record Invalid(FaultCode code, List<Violation> violations) implements SchemaVerdict {
        public Invalid {
            violations = List.copyOf(violations);
            if (violations.isEmpty()) {
                throw new IllegalArgumentException("an invalid document has a violation");
            }
        }

        /** The first violation as one sentence, and how many more there are. */
        public String summary() {
            int more = violations.size() - 1;
            return violations.get(0) + (more == 0 ? "" : "; and " + more + " more");
        }

        /** The verdict as a fault at this stage and leg. */
        public Fault toFault(Stage stage, String leg) {
            return new Fault(code, stage, leg, summary());
        }
    }
}
