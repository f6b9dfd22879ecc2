package org.wasl.faults;

import picocli.CommandLine.Option;

/** What every command takes. */
final class SharedOptions {

    @Option(names = "--lang", paramLabel = "ar|en", descriptionKey = "option.lang")
    String language = "";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            descriptionKey = "option.help")
    boolean help;
}
