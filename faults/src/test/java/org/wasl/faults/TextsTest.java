package org.wasl.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.faults.fault.FaultCatalogue;

class TextsTest {

    @Test
    void bundles_inBothLanguages_haveTheSameKeys() {
        assertThat(new TreeSet<>(Texts.in("ar").bundle().keySet()))
                .isEqualTo(new TreeSet<>(Texts.in("en").bundle().keySet()));
        assertThat(FaultCatalogue.all())
                .allSatisfy(fault -> assertThat(Texts.in("ar").text("fault." + fault.name()))
                        .isNotEqualTo(Texts.in("en").text("fault." + fault.name())));
    }

    @Test
    void list_namesEveryFaultWithItsPromises() {
        assertThat(run("list")).contains("node-killed  [").contains("P1 P2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "en"})
    void help_ofEveryCommand_isInTheLanguage(String language) {
        for (String command : new String[] {"run", "one", "list"}) {
            String help = run(command, "--help", "--lang", language);
            assertThat(help).contains("--lang").contains("ar".equals(language) ? "الخيارات" : "Options");
        }
    }

    @Test
    void one_whenThereIsNoSuchFault_isAUsageError() {
        assertThat(exit("one", "flood")).isEqualTo(ExitCode.USAGE);
        assertThat(exit("run", "--minutes", "0")).isEqualTo(ExitCode.USAGE);
    }

    private static String run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Main.run(arguments, new Console(stream, stream, Texts.in(Texts.language(List.of(arguments), Map.of())), false));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int exit(String... arguments) {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return Main.run(arguments, new Console(nowhere, nowhere, Texts.in("en"), false));
    }
}
