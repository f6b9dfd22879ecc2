package org.wasl.node.edge.portal;

import java.util.Map;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.Caller;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.actor.ActorKind;

/** Whom a caller may ask about: a citizen about themselves, an officer about anybody, and nobody else at all. */
public final class SubjectRule {

    private final String personInput;

    /** @param personInput the input that names the person, in every composite service that is about one */
    public SubjectRule(String personInput) {
        this.personInput = personInput;
    }

    /**
     * The capacity in which this caller may ask this.
     *
     * @throws RefusedException when the caller may not
     */
    ActorKind permit(Caller caller, CompositeDeclaration declaration, Map<String, String> inputs) {
        ActorKind kind = caller.askingAs()
                .orElseThrow(() -> new RefusedException(FaultCode.ACCESS_DENIED, "Citizens and officers may ask."));
        if (kind == ActorKind.OFFICER) {
            return kind;
        }
        boolean about =
                declaration.inputs().stream().anyMatch(input -> input.name().equals(personInput));
        String own = caller.nationalNumber();
        if (!about || own == null || !own.equals(inputs.get(personInput))) {
            throw new RefusedException(
                    FaultCode.ACCESS_DENIED, "A citizen may ask about their own " + personInput + " only.");
        }
        return kind;
    }
}
