package org.wasl.bench;

import java.util.List;
import org.wasl.bench.load.LoadJob;
import picocli.CommandLine.Command;

/** Measures the product's exchange: its peak, a long run, a constant rate. */
@Command(name = "exchange")
final class ExchangeCommand extends MeasuringCommand {

    ExchangeCommand(Console console) {
        super(console);
    }

    @Override
    List<LoadJob> jobs(Plan plan) {
        return plan.exchange();
    }
}
