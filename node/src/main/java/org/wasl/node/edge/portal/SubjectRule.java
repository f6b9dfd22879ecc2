package org.wasl.node.edge.portal;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.Caller;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.assertion.Mandate;

/**
 * Whom a caller may ask about: a citizen about themselves or whom they represent, an officer about anybody, and nobody
 * else at all. It spares the asking: the providers decide, by the issuer's assertion.
 */
public final class SubjectRule {

    private final String personInput;

    /** @param personInput the input that names the person, in every composite service that is about one */
    public SubjectRule(String personInput) {
        this.personInput = personInput;
    }

    /**
     * The capacity in which this caller may ask this.
     *
     * @param party whom the caller represents; null when nobody
     * @throws RefusedException when the caller may not
     */
    ActorKind permit(
            Caller caller, CompositeDeclaration declaration, Map<String, String> inputs, @Nullable String party) {
        ActorKind kind = caller.askingAs()
                .orElseThrow(() -> new RefusedException(FaultCode.ACCESS_DENIED, "Citizens and officers may ask."));
        Optional<Mandate> mandate = party == null ? Optional.empty() : caller.mandate(party);
        if (party != null && mandate.isEmpty()) {
            throw new RefusedException(FaultCode.ACCESS_DENIED, "The token gives no mandate of this party.");
        }
        if (kind == ActorKind.OFFICER) {
            return kind;
        }
        boolean about =
                declaration.inputs().stream().anyMatch(input -> input.name().equals(personInput));
        String own = mandate.map(Mandate::nationalNumber).orElse(caller.nationalNumber());
        if (!about || own == null || !own.equals(inputs.get(personInput))) {
            throw new RefusedException(
                    FaultCode.ACCESS_DENIED,
                    "A citizen may ask about their own " + personInput
                            + ", or that of the party whom they represent, only.");
        }
        return kind;
    }
}
