package org.wasl.security.authority;

import java.util.List;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryProblem;

/** What came of signing a draft. */
public sealed interface SigningOutcome {

    /** It is signed, and kept beside the draft. */
    record Signed(Registry registry) implements SigningOutcome {}

    /** It is not: a node would refuse it. */
    record Refused(List<RegistryProblem> problems) implements SigningOutcome {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
