package org.wasl.routes.composite;

import java.util.List;

/** A declaration is not valid: the node does not start with it. Names every line at fault. */
public final class DeclarationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public DeclarationException(List<String> problems) {
        super("The declarations are not right:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each as {@code file:line: reason}. */
    public List<String> problems() {
        return problems;
    }
}
