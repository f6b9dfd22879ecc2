package org.wasl.routes.composite;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.registry.Label;

/**
 * A composite service as declared in YAML and checked at start.
 *
 * @param service its identifier at the composing member
 * @param name its name
 * @param purpose the purpose of its exchanges
 * @param legalBasis their legal basis
 * @param deadline how long it may take
 * @param inputs what the caller gives
 * @param steps what it asks, each an ordinary exchange
 */
public record CompositeDeclaration(
        ServiceId service,
        Label name,
        String purpose,
        String legalBasis,
        Duration deadline,
        List<Input> inputs,
        List<Step> steps) {

    public CompositeDeclaration {
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
    }

    /**
     * One input.
     *
     * @param pattern what its value must match as a whole, a regular expression
     */
    public record Input(String name, Label label, boolean required, String pattern, boolean subject) {}

    /**
     * One step.
     *
     * @param id its name in the answer
     * @param service the service it asks
     * @param label its name for people
     * @param parameters each parameter's source: {@code request.NAME}, or {@code STEP.path/in/record}
     * @param after steps that must have ended before, beyond those its parameters name
     * @param required whether the decision needs it
     * @param deadline how long it may take; never beyond the whole's
     * @param acceptedAge how old the source's answer may be; null when any age will do
     * @param rules how its record bears on the decision, in order; the first that applies
     */
    public record Step(
            String id,
            ServiceId service,
            Label label,
            Map<String, String> parameters,
            List<String> after,
            boolean required,
            Duration deadline,
            @Nullable Duration acceptedAge,
            List<Rule> rules) {

        public Step {
            parameters = Map.copyOf(parameters);
            after = List.copyOf(after);
            rules = List.copyOf(rules);
        }
    }

    /**
     * A rule over a step's record: an XPath 3.1 condition, and what it means.
     *
     * @param when the condition; prefixes are the shared schemas' names
     * @param effect {@code BLOCKS}, {@code DEFERS}, {@code NOT_APPLICABLE} (for later steps)
     * @param reason for people
     */
    public record Rule(String when, String effect, Label reason) {}
}
