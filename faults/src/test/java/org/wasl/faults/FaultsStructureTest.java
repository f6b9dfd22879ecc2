package org.wasl.faults;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The harness stands outside: nothing of the product knows it, and its checker knows nothing of how messages are made or judged. */
@AnalyzeClasses(packages = "org.wasl", importOptions = ImportOption.DoNotIncludeTests.class)
class FaultsStructureTest {

    @ArchTest
    static final ArchRule product_knowsNothingOfTheHarness = noClasses()
            .that()
            .resideOutsideOfPackage("org.wasl.faults..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.wasl.faults..");

    @ArchTest
    static final ArchRule harness_usesTheProductFromOutside = noClasses()
            .that()
            .resideInAPackage("org.wasl.faults..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.wasl.routes..",
                    "org.wasl.connectors..",
                    "org.wasl.screens..",
                    "org.wasl.node.configuration..");

    @ArchTest
    static final ArchRule packages_formNoCycles =
            slices().matching("org.wasl.faults.(*)..").should().beFreeOfCycles();
}
