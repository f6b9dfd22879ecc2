package org.wasl.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.wasl.faults.fault.Fault;
import org.wasl.faults.fault.FaultCatalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries all faults, one after the other, for some minutes. */
@Command(name = "run")
final class RunCommand implements Callable<Integer> {

    private static final int LONGEST_MINUTES = 24 * 60;

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    SessionOptions options = new SessionOptions();

    @Option(names = "--minutes", paramLabel = "M", descriptionKey = "run.minutes")
    int minutes = 30;

    @Option(names = "--only", paramLabel = "NAME", arity = "1..*", descriptionKey = "run.only")
    List<String> only = new ArrayList<>();

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Fault> faults = new ArrayList<>(FaultCatalogue.all());
        for (String name : only) {
            if (FaultCatalogue.named(name).isEmpty()) {
                return console.fail(ExitCode.USAGE, "error.no-fault", name);
            }
        }
        if (!only.isEmpty()) {
            faults.removeIf(fault -> !only.contains(fault.name()));
        }
        if (minutes < 1 || minutes > LONGEST_MINUTES) {
            return console.fail(ExitCode.USAGE, "error.minutes", LONGEST_MINUTES);
        }
        return Runs.run(options, console, faults, Duration.ofMinutes(minutes));
    }
}
