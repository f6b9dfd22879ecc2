package org.wasl.connectors.mapping;

import java.util.List;
import java.util.Optional;
import net.sf.saxon.s9api.Processor;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.backend.Answer;
import org.wasl.connectors.backend.BackEndFailure;
import org.wasl.connectors.backend.Step;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclaration.Later;
import org.wasl.connectors.declaration.DeclarationProblem;
import org.wasl.schemas.deferral.Deferral;
import org.wasl.schemas.fault.FaultCode;

/**
 * Tells an answer that is not there yet from one that is.
 *
 * @param later what the agency declares
 * @param when whether it is not there yet
 * @param reference the agency's own reference; null when it has none
 */
record LaterMapping(Later later, Expression when, @Nullable Expression reference) {

    /** What a declaration says of that; null when nothing, or, with a problem more, when it does not compile. */
    static @Nullable LaterMapping compile(
            Processor processor, ConnectorDeclaration declaration, List<DeclarationProblem> problems) {
        Later later = declaration.later();
        if (later == null || later.when().isEmpty()) {
            return null;
        }
        Expression when = Expression.compile(processor, declaration, "later.when", later.when(), problems);
        Expression reference = later.reference().isEmpty()
                ? null
                : Expression.compile(processor, declaration, "later.reference", later.reference(), problems);
        return when == null ? null : new LaterMapping(later, when, reference);
    }

    /**
     * The announcement; empty when the answer is there.
     *
     * @throws BackEndFailure when it cannot be told, or the reference is none
     */
    Optional<ConnectorResult> map(Answer.Data answer) {
        if (!when.isTrueOf(answer.document())) {
            return Optional.empty();
        }
        return Optional.of(new ConnectorResult.Deferred(
                reference(answer),
                later.reason(),
                later.arabic(),
                later.english(),
                later.expectedIn(),
                later.staysOpen(),
                later.askFirst(),
                later.askMost()));
    }

    private @Nullable String reference(Answer.Data answer) {
        if (reference == null) {
            return null;
        }
        String text = reference.textOf(answer.document()).orElse("");
        if (text.isEmpty()) {
            return null;
        }
        if (!Deferral.isReference(text)) {
            throw new BackEndFailure(FaultCode.MAPPING_FAILED, Step.MAP, "'later.reference' gives no reference");
        }
        return text;
    }
}
