package org.wasl.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.wasl.faults.check.Promise;
import org.wasl.faults.fault.Fault;
import org.wasl.faults.fault.FaultCatalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the faults. */
@Command(name = "list")
final class ListCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Option(names = "--json", descriptionKey = "list.json")
    boolean json;

    ListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        List<Fault> faults = FaultCatalogue.all();
        if (json) {
            console.print(new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(faults.stream()
                            .map(fault -> Map.of(
                                    "name", fault.name(),
                                    "sites", fault.sites(),
                                    "promises", fault.promises(),
                                    "describe", console.texts().text("fault." + fault.name())))
                            .toList()));
            return ExitCode.OK;
        }
        for (Fault fault : faults) {
            console.print(fault.name() + "  [" + String.join(", ", fault.sites()) + "; "
                    + fault.promises().stream().map(Promise::name).collect(Collectors.joining(" ")) + "]");
            console.print("    " + console.texts().text("fault." + fault.name()));
        }
        return ExitCode.OK;
    }
}
