package org.wasl.node.edge.problem;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;

/** Ends the handling of one HTTP request with a fault; thrown within the edges only, and answered as a problem. */
public final class RefusedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient Fault fault;
    private final @Nullable String instance;
    private final transient Set<String> allowedMethods;

    private RefusedException(
            Fault fault, @Nullable String instance, Set<String> allowedMethods, @Nullable Throwable cause) {
        super(fault.code().wireCode() + ": " + fault.detail(), cause);
        this.fault = fault;
        this.instance = instance;
        this.allowedMethods = Set.copyOf(allowedMethods);
    }

    /** Refused at the edge itself. */
    public RefusedException(FaultCode code, String detail) {
        this(Problem.atEdge(code, detail), null, Set.of(), null);
    }

    /** Refused at the edge itself, because of this; what the cause says is not answered. */
    public RefusedException(FaultCode code, String detail, Throwable cause) {
        this(Problem.atEdge(code, detail), null, Set.of(), cause);
    }

    /** Refused further in. */
    public RefusedException(Fault fault, @Nullable String instance) {
        this(fault, instance, Set.of(), null);
    }

    /** A service that does not take this method, but those. */
    public static RefusedException methodNotAllowed(FaultCode code, String detail, Set<String> allowed) {
        return new RefusedException(Problem.atEdge(code, detail), null, allowed, null);
    }

    public Fault fault() {
        return fault;
    }

    public Optional<String> instance() {
        return Optional.ofNullable(instance);
    }

    public Set<String> allowedMethods() {
        return allowedMethods;
    }
}
