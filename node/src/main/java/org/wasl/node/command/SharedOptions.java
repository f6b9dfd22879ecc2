package org.wasl.node.command;

import picocli.CommandLine.Option;

/** What every command takes. */
final class SharedOptions {

    @Option(names = "--lang", paramLabel = "ar|en", descriptionKey = "option.lang")
    String language = "";

    @Option(names = "--json", descriptionKey = "option.json")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            descriptionKey = "option.help")
    boolean help;
}
