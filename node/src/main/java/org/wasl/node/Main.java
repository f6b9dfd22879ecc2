package org.wasl.node;

import org.wasl.node.command.CommandLineProgram;

/** The one program. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(CommandLineProgram.run(arguments));
    }
}
