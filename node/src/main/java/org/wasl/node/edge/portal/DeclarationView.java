package org.wasl.node.edge.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.security.registry.Label;

/** A composite service as callers see it: what it needs, and what it will fetch from whom for which reason. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeclarationView(
        String service,
        String id,
        Map<String, String> name,
        String purpose,
        String legalBasis,
        long deadlineMillis,
        List<Input> inputs,
        List<Step> steps,
        List<CatalogueView.Fee> fees,
        String href) {

    record Input(String name, Map<String, String> label, boolean required, String pattern, boolean subject) {}

    record Step(String id, String service, Map<String, String> label, boolean required, long deadlineMillis) {}

    static DeclarationView of(CompositeDeclaration declaration) {
        return new DeclarationView(
                declaration.service().code(),
                declaration.service().toString(),
                label(declaration.name()),
                declaration.purpose(),
                declaration.legalBasis(),
                declaration.deadline().toMillis(),
                declaration.inputs().stream()
                        .map(input -> new Input(
                                input.name(),
                                label(input.label()),
                                input.required(),
                                input.pattern().pattern(),
                                input.subject()))
                        .toList(),
                declaration.steps().stream()
                        .map(step -> new Step(
                                step.id(),
                                step.service().toString(),
                                label(step.label()),
                                step.required(),
                                step.deadline().toMillis()))
                        .toList(),
                CatalogueView.fees(declaration.offer()),
                "/composites/" + declaration.service().code());
    }

    private static Map<String, String> label(Label label) {
        return Map.of("ar", label.arabic(), "en", label.english());
    }
}
