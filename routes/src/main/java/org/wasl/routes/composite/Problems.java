package org.wasl.routes.composite;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** Gathers what is wrong with a declaration, so that its author sees everything at once. */
public final class Problems {

    private final String file;
    private final List<String> found = new ArrayList<>();

    public Problems(String file) {
        this.file = file;
    }

    public void add(Node at, String reason) {
        add(at.getStartMark() == null ? 1 : at.getStartMark().getLine() + 1, reason);
    }

    public void add(int line, String reason) {
        found.add(file + ":" + line + ": " + reason);
    }

    public List<String> found() {
        return List.copyOf(found);
    }
}
