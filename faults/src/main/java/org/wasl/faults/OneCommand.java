package org.wasl.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.faults.fault.Fault;
import org.wasl.faults.fault.FaultCatalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tries one fault, once. */
@Command(name = "one")
final class OneCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    SessionOptions options = new SessionOptions();

    @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "one.name")
    String name = "";

    OneCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<Fault> fault = FaultCatalogue.named(name);
        if (fault.isEmpty()) {
            return console.fail(ExitCode.USAGE, "error.no-fault", name);
        }
        return Runs.run(options, console, List.of(fault.get()), Duration.ZERO);
    }
}
