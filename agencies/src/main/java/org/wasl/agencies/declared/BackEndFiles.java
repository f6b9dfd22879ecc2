package org.wasl.agencies.declared;

import java.util.Map;

/**
 * What declares one back-end.
 *
 * @param origin where it comes from, for messages
 * @param declaration the text of its {@code backend.yaml}
 * @param scripts the SQL files beside it, by their names
 */
public record BackEndFiles(String origin, String declaration, Map<String, String> scripts) {

    public BackEndFiles {
        scripts = Map.copyOf(scripts);
    }
}
