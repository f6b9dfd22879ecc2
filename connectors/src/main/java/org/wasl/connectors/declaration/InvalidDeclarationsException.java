package org.wasl.connectors.declaration;

import java.util.List;
import java.util.stream.Collectors;

/** Declarations that cannot be used, with everything that is wrong with them. */
public final class InvalidDeclarationsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<DeclarationProblem> problems;

    public InvalidDeclarationsException(List<DeclarationProblem> problems) {
        super(problems.stream().map(DeclarationProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<DeclarationProblem> problems() {
        return problems;
    }
}
