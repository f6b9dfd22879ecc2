package org.wasl.security.registry;

import java.io.IOException;
import org.wasl.schemas.fault.Fault;

/** There is no registry to begin with: what was published, kept or drafted cannot be used. */
public final class RegistryRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    /** @param fault why */
    public RegistryRefusedException(Fault fault) {
        super(fault.code().wireCode() + ": " + fault.detail());
        this.fault = fault;
    }

    /** Why it is refused. */
    public Fault fault() {
        return fault;
    }
}
