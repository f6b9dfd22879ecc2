package org.wasl.security.registry;

/**
 * What is wrong with a registry, and where.
 *
 * @param message one sentence in English
 * @param line the line, from 1; -1 when unknown
 * @param column the column, from 1; -1 when unknown
 */
public record RegistryProblem(String message, int line, int column) {

    @Override
    public String toString() {
        return message + (line > 0 ? " (line " + line + ", column " + column + ")" : "");
    }
}
