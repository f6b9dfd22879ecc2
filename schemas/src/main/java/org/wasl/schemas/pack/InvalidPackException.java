package org.wasl.schemas.pack;

import java.util.List;

/** Packs that cannot be used, with everything that is wrong with them. */
public final class InvalidPackException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problems one sentence for each, beginning with the file */
    public InvalidPackException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
