package org.wasl.node;

import org.wasl.node.command.CommandLineProgram;

/** The one program. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        SerialFilter.install();
        System.exit(CommandLineProgram.run(arguments));
    }
}
