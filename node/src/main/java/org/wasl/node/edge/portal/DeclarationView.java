package org.wasl.node.edge.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Registry;

/**
 * A composite service as callers see it: what it needs, and what it will fetch from whom for which reason.
 *
 * @param purposeName what the purpose is called
 * @param legalBasisName what the legal basis is called
 * @param changes whether asking changes something at an agency: then an idempotency key is needed
 * @param askers in which capacities it may be asked: {@code CITIZEN}, {@code OFFICER}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeclarationView(
        String service,
        String id,
        Map<String, String> name,
        @Nullable Map<String, String> description,
        String purpose,
        Map<String, String> purposeName,
        String legalBasis,
        Map<String, String> legalBasisName,
        boolean changes,
        List<String> askers,
        long deadlineMillis,
        List<Input> inputs,
        List<Step> steps,
        List<CatalogueView.Fee> fees,
        String href) {

    record Input(String name, Map<String, String> label, boolean required, String pattern, boolean subject) {}

    /**
     * A step.
     *
     * @param fields what the agency's agreements give for this purpose, as paths from the record's root
     */
    record Step(
            String id,
            String service,
            String member,
            Map<String, String> label,
            boolean required,
            long deadlineMillis,
            List<String> fields) {}

    /**
     * The service as it stands now.
     *
     * @param consumer in whose name people ask
     * @param names what purposes and legal bases are called, by their codes
     */
    static DeclarationView of(
            CompositeDeclaration declaration, Registry registry, SubsystemId consumer, Function<String, Label> names) {
        Label description = declaration.offer().description();
        return new DeclarationView(
                declaration.service().code(),
                declaration.service().toString(),
                label(declaration.name()),
                description == null ? null : label(description),
                declaration.purpose(),
                label(names.apply(declaration.purpose())),
                declaration.legalBasis(),
                label(names.apply(declaration.legalBasis())),
                declaration.changes(),
                agreements(registry, consumer, declaration.service(), declaration.purpose()).stream()
                        .flatMap(agreement -> agreement.actors().stream())
                        .map(rule -> rule.kind().name())
                        .distinct()
                        .sorted()
                        .toList(),
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
                                step.service().member().toString(),
                                label(step.label()),
                                step.required(),
                                step.deadline().toMillis(),
                                agreements(
                                                registry,
                                                declaration.service().subsystem(),
                                                step.service(),
                                                declaration.purpose())
                                        .stream()
                                        .flatMap(agreement -> agreement.released().stream())
                                        .distinct()
                                        .sorted()
                                        .toList()))
                        .toList(),
                CatalogueView.fees(declaration.offer()),
                "/composites/" + declaration.service().code());
    }

    private static List<Agreement> agreements(
            Registry registry, SubsystemId consumer, ServiceId service, String purpose) {
        return registry.agreements(consumer, service).stream()
                .filter(agreement ->
                        agreement.withdrawn() == null && agreement.purposes().containsKey(purpose))
                .toList();
    }

    private static Map<String, String> label(Label label) {
        return Map.of("ar", label.arabic(), "en", label.english());
    }
}
