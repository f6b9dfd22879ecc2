package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.xml.Violation;
import org.wasl.schemas.xml.XmlRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Works with the shared schemas. */
@Command(name = "schema", subcommands = SchemaCommand.Validate.class)
final class SchemaCommand extends CommandGroup {

    /** Validates documents. */
    @Command(name = "validate")
    static final class Validate implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Parameters(paramLabel = "FILE", arity = "1..*", descriptionKey = "schema.files")
        List<Path> files = new ArrayList<>();

        Validate(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            SchemaCatalogue catalogue = SchemaCatalogue.load();
            List<Map<String, Object>> results = new ArrayList<>();
            int worst = ExitCode.OK;
            for (Path file : files) {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("file", file.toString());
                worst = Math.max(worst, validate(catalogue, file, result));
                results.add(result);
            }
            if (shared.json) {
                console.json(results);
            }
            return worst;
        }

        private int validate(SchemaCatalogue catalogue, Path file, Map<String, Object> result) {
            SchemaVerdict verdict;
            try {
                if (Files.size(file) > XmlRules.DEFAULT_MAX_OCTETS) {
                    throw new IOException("larger than " + XmlRules.DEFAULT_MAX_OCTETS + " bytes");
                }
                verdict = catalogue.validate(Files.readAllBytes(file));
            } catch (IOException unreadable) {
                result.put("valid", false);
                result.put("error", String.valueOf(unreadable.getMessage()));
                console.note("error.file", file, Failures.reason(unreadable));
                return ExitCode.UNAVAILABLE;
            }
            if (verdict instanceof SchemaVerdict.Valid valid) {
                result.put("valid", true);
                result.put("schema", valid.schema().fileName());
                if (!shared.json) {
                    console.say("schema.valid", file, valid.schema().fileName());
                }
                return ExitCode.OK;
            }
            SchemaVerdict.Invalid invalid = (SchemaVerdict.Invalid) verdict;
            result.put("valid", false);
            result.put("code", invalid.code().wireCode());
            result.put(
                    "violations",
                    invalid.violations().stream().map(Validate::document).toList());
            if (!shared.json) {
                console.say("schema.invalid", file, invalid.code().wireCode());
                invalid.violations().forEach(violation -> console.print("  " + violation));
            }
            return ExitCode.REFUSED;
        }

        private static Map<String, Object> document(Violation violation) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("path", violation.path());
            document.put("rule", violation.rule());
            document.put("message", violation.message());
            document.put("line", violation.line());
            document.put("column", violation.column());
            return document;
        }
    }
}
