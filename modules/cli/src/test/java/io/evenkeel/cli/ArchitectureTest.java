package io.evenkeel.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.assertj.core.api.Assertions;

/** The rules of docs/architecture.md that Maven can't enforce. */
@AnalyzeClasses(packages = "io.evenkeel", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule RULES_AND_TOPOLOGIES_READ_NO_CLOCK = noClasses()
            .that().resideInAnyPackage("io.evenkeel.core..", "io.evenkeel.topology..")
            .and().haveNameNotMatching(".*(TickWriter|DecodeProcessor).*")
            .should().callMethod(java.time.Instant.class, "now")
            .orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(System.class, "nanoTime")
            .because("time comes as records, so that a backlog and a replay give the same answers");

    @ArchTest
    static final ArchRule NO_PUNCTUATION = noClasses().that().resideInAPackage("io.evenkeel.topology..")
            .should().dependOnClassesThat().haveFullyQualifiedName("org.apache.kafka.streams.processor.Punctuator")
            .orShould().dependOnClassesThat()
            .haveFullyQualifiedName("org.apache.kafka.streams.processor.PunctuationType");

    @ArchTest
    static final ArchRule CORE_IS_PURE = classes().that().resideInAPackage("io.evenkeel.core..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("io.evenkeel.core..", "java.lang..", "java.time..",
                    "java.util..", "java.nio", "java.nio.charset", "org.jspecify..");

    @ArchTest
    static final ArchRule AWS_STAYS_IN_ITS_ADAPTERS = noClasses()
            .that().resideOutsideOfPackages("io.evenkeel.actions.aws..", "io.evenkeel.channels.aws..",
                    "io.evenkeel.lab..")
            .should().dependOnClassesThat().resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule AVRO_STAYS_IN_EVENTS = noClasses()
            .that().resideOutsideOfPackages("io.evenkeel.events..", "io.evenkeel.lab.registry..")
            .should().dependOnClassesThat().resideInAPackage("org.apache.avro..");

    @ArchTest
    static final ArchRule THE_DASHBOARD_KNOWS_CORE_AND_EVENTS_ALONE = noClasses()
            .that().resideInAPackage("io.evenkeel.dashboard..")
            .should().dependOnClassesThat().resideInAnyPackage("io.evenkeel.probe..", "io.evenkeel.topology..",
                    "io.evenkeel.actions..", "io.evenkeel.channels..", "io.evenkeel.cli..");

    @ArchTest
    static final ArchRule THE_API_ASKS_THROUGH_PORTS = noClasses()
            .that().resideInAPackage("io.evenkeel.dashboard.api..")
            .should().dependOnClassesThat().resideInAPackage("org.apache.kafka..")
            .orShould().dependOnClassesThat().haveSimpleNameStartingWith("Kafka");

    @ArchTest
    static final ArchRule METRICS_STAY_AT_THE_EDGES = noClasses()
            .that().resideOutsideOfPackages("io.evenkeel.topology.metrics..", "io.evenkeel.topology.run..",
                    "io.evenkeel.cli.pipeline..")
            .should().dependOnClassesThat().resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule PRODUCTION_DOES_NOT_KNOW_THE_LAB = noClasses()
            .that().resideOutsideOfPackages("io.evenkeel.lab..", "io.evenkeel.bench..", "io.evenkeel.cli",
                    "io.evenkeel.cli.lab..")
            .should().dependOnClassesThat().resideInAPackage("io.evenkeel.lab..");

    @ArchTest
    static final ArchRule PRODUCTION_DOES_NOT_KNOW_THE_BENCHES = noClasses()
            .that().resideOutsideOfPackages("io.evenkeel.bench..", "io.evenkeel.cli", "io.evenkeel.cli.bench..")
            .should().dependOnClassesThat().resideInAPackage("io.evenkeel.bench..");

    @ArchTest
    static final ArchRule PRODUCTION_DOES_NOT_KNOW_THE_DRILLS = noClasses()
            .that().resideOutsideOfPackages("io.evenkeel.drills..", "io.evenkeel.cli", "io.evenkeel.cli.simulate..")
            .should().dependOnClassesThat().resideInAPackage("io.evenkeel.drills..");

    @ArchTest
    static final ArchRule THE_SIMULATOR_IS_PURE = classes().that().resideInAPackage("io.evenkeel.drills.simulator..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("io.evenkeel.drills.simulator..",
                    "io.evenkeel.core..", "java.lang..", "java.time..", "java.util..", "org.jspecify..")
            .because("a seed must give the same history anywhere");

    @ArchTest
    static final ArchRule FAKES_STAY_IN_TESTS = noClasses()
            .that().resideOutsideOfPackage("..testing..")
            .should().dependOnClassesThat(resideInAPackage("io.evenkeel..testing.."));

    @ArchTest
    static void packagesAreFreeOfCycles(JavaClasses classes) {
        slices().matching("io.evenkeel.(*).(**)").should().beFreeOfCycles().check(classes);
        Assertions.assertThat(classes).isNotEmpty();
    }
}
