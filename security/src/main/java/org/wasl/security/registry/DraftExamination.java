package org.wasl.security.registry;

import java.util.List;
import java.util.Optional;

/**
 * What examining a draft found.
 *
 * @param registry the registry; empty when anything is wrong
 * @param problems everything that is wrong, in the document's order where its place is known
 */
public record DraftExamination(Optional<Registry> registry, List<RegistryProblem> problems) {

    public DraftExamination {
        problems = List.copyOf(problems);
        if (registry.isPresent() != problems.isEmpty()) {
            throw new IllegalArgumentException("a draft is either a registry or has problems");
        }
    }

    static DraftExamination bad(List<RegistryProblem> problems) {
        return new DraftExamination(
                Optional.empty(),
                problems.isEmpty()
                        ? List.of(new RegistryProblem("the document cannot be read as a registry", -1, -1))
                        : problems);
    }
}
