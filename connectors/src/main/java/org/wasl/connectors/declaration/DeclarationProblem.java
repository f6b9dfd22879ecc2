package org.wasl.connectors.declaration;

/**
 * One thing wrong with a declaration.
 *
 * @param file the file's name
 * @param line the line, from 1
 * @param reason what is wrong there
 */
public record DeclarationProblem(String file, int line, String reason) {

    @Override
    public String toString() {
        return file + ":" + line + ": " + reason;
    }
}
