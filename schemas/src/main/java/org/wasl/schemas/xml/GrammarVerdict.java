package org.wasl.schemas.xml;

import java.util.List;
import org.w3c.dom.Document;

/** What parsing and checking in one pass found. */
public sealed interface GrammarVerdict {

    /** The document follows its grammar. */
    record Valid(Document document) implements GrammarVerdict {}

    /** The document cannot be parsed within the rules. */
    record Refused(XmlVerdict.Refused refusal) implements GrammarVerdict {}

    /** There is no grammar for it. */
    record NoGrammar(Violation violation) implements GrammarVerdict {}

    /** It leaves its grammar: at least one violation, at most {@value #MAX_VIOLATIONS}, in the document's order. */
    record Invalid(List<Violation> violations) implements GrammarVerdict {
        public Invalid {
            violations = List.copyOf(violations);
        }
    }

    /** Checking ends once so many violations are found. */
    int MAX_VIOLATIONS = 20;
}
