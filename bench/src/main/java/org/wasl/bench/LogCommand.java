package org.wasl.bench;

import java.util.List;
import org.wasl.bench.load.LoadJob;
import picocli.CommandLine.Command;

/** Measures the message log by JMH. */
@Command(name = "log")
final class LogCommand extends MeasuringCommand {

    LogCommand(Console console) {
        super(console);
    }

    @Override
    List<LoadJob> jobs(Plan plan) {
        return List.of();
    }

    @Override
    List<String> micro() {
        return List.of("Log", "Merkle");
    }
}
