package org.wasl.bench;

import java.util.List;
import java.util.concurrent.Callable;
import org.wasl.bench.load.LoadJob;
import picocli.CommandLine.Mixin;

/** A command that measures something. */
abstract class MeasuringCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    RunOptions options = new RunOptions();

    MeasuringCommand(Console console) {
        this.console = console;
    }

    /** The processes that measure. */
    abstract List<LoadJob> jobs(Plan plan);

    /** Which JMH benchmarks run, as regular expressions; none when empty. */
    List<String> micro() {
        return List.of();
    }

    @Override
    public Integer call() {
        String wrong = options.wrong();
        if (wrong != null) {
            return console.fail(ExitCode.USAGE, wrong);
        }
        return new Session(console, options).run(jobs(new Plan(options)), micro());
    }
}
