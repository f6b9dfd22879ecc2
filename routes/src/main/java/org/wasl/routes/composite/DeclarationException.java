package org.wasl.routes.composite;

import java.util.List;

/** A composite service's declaration is not valid: the node does not start with it. Names every line at fault. */
public final class DeclarationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    DeclarationException(List<String> problems) {
        super("Composite services are not declared rightly:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each as {@code file:line: reason}. */
    public List<String> problems() {
        return problems;
    }
}
