package org.wasl.bench;

import java.util.List;
import org.wasl.bench.load.LoadJob;
import picocli.CommandLine.Command;

/** Measures what a team would pick instead, the floor, the physical limits, and the product, all alike. */
@Command(name = "peers")
final class PeersCommand extends MeasuringCommand {

    PeersCommand(Console console) {
        super(console);
    }

    @Override
    List<LoadJob> jobs(Plan plan) {
        return plan.comparison();
    }
}
