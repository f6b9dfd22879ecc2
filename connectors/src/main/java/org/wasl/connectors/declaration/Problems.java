package org.wasl.connectors.declaration;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with one file, so that an agency mends it all in one go. */
final class Problems {

    private final String file;
    private final List<DeclarationProblem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(int line, String reason) {
        found.add(new DeclarationProblem(file, line, reason));
    }

    boolean none() {
        return found.isEmpty();
    }

    List<DeclarationProblem> found() {
        return List.copyOf(found);
    }
}
