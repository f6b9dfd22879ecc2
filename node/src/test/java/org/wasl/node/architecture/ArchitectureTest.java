package org.wasl.node.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.validation.SchemaFactory;
import javax.xml.xpath.XPathFactory;
import org.apache.camel.Message;
import org.apache.camel.RoutesBuilder;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;

/** The structure that DESIGN section 10 and the house style promise, checked on the whole product's classes. */
@AnalyzeClasses(packages = "org.wasl", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule modules_dependOnlyDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("org.wasl..")
            .layer("schemas")
            .definedBy("org.wasl.schemas..")
            .layer("security")
            .definedBy("org.wasl.security..")
            .layer("messagelog")
            .definedBy("org.wasl.messagelog..")
            .layer("connectors")
            .definedBy("org.wasl.connectors..")
            .layer("routes")
            .definedBy("org.wasl.routes..")
            .layer("agencies")
            .definedBy("org.wasl.agencies..")
            .layer("screens")
            .definedBy("org.wasl.screens..")
            .layer("node")
            .definedBy("org.wasl.node..")
            .whereLayer("schemas")
            .mayNotAccessAnyLayer()
            .whereLayer("agencies")
            .mayNotAccessAnyLayer()
            .whereLayer("screens")
            .mayNotAccessAnyLayer()
            .whereLayer("security")
            .mayOnlyAccessLayers("schemas")
            .whereLayer("messagelog")
            .mayOnlyAccessLayers("schemas", "security")
            .whereLayer("connectors")
            .mayOnlyAccessLayers("schemas")
            .whereLayer("routes")
            .mayOnlyAccessLayers("schemas", "security", "messagelog", "connectors")
            .whereLayer("node")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule packages_formNoCycles =
            slices().matching("org.wasl.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule xmlFactories_areOnlyInTheHardenedOne = noClasses()
            .that()
            .resideOutsideOfPackages("org.wasl.schemas.xml..", "org.wasl.agencies..")
            .should()
            .dependOnClassesThat(assignableTo(DocumentBuilderFactory.class)
                    .or(assignableTo(SAXParserFactory.class))
                    .or(assignableTo(SchemaFactory.class))
                    .or(assignableTo(TransformerFactory.class))
                    .or(assignableTo(XMLInputFactory.class))
                    .or(assignableTo(XMLOutputFactory.class))
                    .or(assignableTo(XPathFactory.class)));

    @ArchTest
    static final ArchRule xmlSignatures_areOnlyInSecurity = noClasses()
            .that()
            .resideOutsideOfPackage("org.wasl.security..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.xml.crypto..", "org.apache.xml.security..");

    @ArchTest
    static final ArchRule saxon_isOnlyWhereRecordsAreMappedOrJudged = noClasses()
            .that()
            .resideOutsideOfPackages("org.wasl.connectors..", "org.wasl.routes.composite..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.sf.saxon..");

    /** What is held may be lost, altered or put back: only one package may be tempted to believe it. */
    @ArchTest
    static final ArchRule hazelcast_isOnlyWhereAnswersAreHeld = noClasses()
            .that()
            .resideOutsideOfPackage("org.wasl.routes.held..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hazelcast..");

    @ArchTest
    static final ArchRule routes_doNotTouchMessages = noClasses()
            .that()
            .areAssignableTo(RoutesBuilder.class)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Message.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule errors_areHandledByThePolicyOnly = noClasses()
            .that()
            .resideOutsideOfPackages("org.wasl.routes.policy..", "org.wasl.connectors.policy..")
            .should(callMethodWhere(camelErrorHandling()));

    @ArchTest
    static final ArchRule nobody_throwsBareExceptions = noClasses()
            .should()
            .callConstructorWhere(new DescribedPredicate<JavaConstructorCall>("a bare exception is made") {
                @Override
                public boolean test(JavaConstructorCall call) {
                    return Set.of(
                                            "java.lang.Exception",
                                            "java.lang.RuntimeException",
                                            "java.lang.Error",
                                            "java.lang.Throwable")
                                    .contains(call.getTargetOwner().getName())
                            && !call.getOrigin().getName().equals("<init>");
                }
            });

    @ArchTest
    static final ArchRule nothing_isInjectedIntoFields = fields().should()
            .notBeAnnotatedWith(Autowired.class)
            .andShould()
            .notBeAnnotatedWith(Value.class)
            .andShould()
            .notBeAnnotatedWith("jakarta.inject.Inject")
            .andShould()
            .notBeAnnotatedWith("jakarta.annotation.Resource");

    @ArchTest
    static final ArchRule nothing_startsByAnnotation = noMethods()
            .should()
            .beAnnotatedWith("jakarta.annotation.PostConstruct")
            .orShould()
            .beAnnotatedWith(Value.class)
            .orShould()
            .beAnnotatedWith(Autowired.class);

    @ArchTest
    static final ArchRule configuration_isOnlyInNode = classes()
            .that()
            .areAnnotatedWith(Configuration.class)
            .should()
            .resideInAPackage("org.wasl.node.configuration..");

    @ArchTest
    static final ArchRule nobody_usesObjectMessages = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("jakarta.jms.ObjectMessage")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream");

    /** An endpoint that is chosen while a message passes could be chosen by the message. */
    @ArchTest
    static final ArchRule endpoints_areNotComputedFromMessages = noClasses()
            .should(callMethodWhere(camelCallNamed(Set.of(
                    "toD",
                    "recipientList",
                    "routingSlip",
                    "dynamicRouter",
                    "enrich",
                    "pollEnrich",
                    "wireTap",
                    "exec",
                    "script"))));

    @ArchTest
    static final ArchRule serialisation_isNobodysBusiness = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectOutputStream")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.rmi.Remote");

    @ArchTest
    static final ArchRule names_sayWhatThingsAre = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameStartingWith("Common");

    @ArchTest
    static final ArchRule packages_areNullMarked = classes()
            .that(DescribedPredicate.not(resideInAPackage("org.wasl.node.generated..")))
            .should(resideInNullMarkedPackages());

    private static DescribedPredicate<JavaMethodCall> camelErrorHandling() {
        return camelCallNamed(Set.of("onException", "handled", "continued", "doTry", "doCatch"));
    }

    private static DescribedPredicate<JavaMethodCall> camelCallNamed(Set<String> names) {
        return new DescribedPredicate<>("one of Camel's " + names + " is called") {
            @Override
            public boolean test(JavaMethodCall call) {
                AccessTarget.MethodCallTarget target = call.getTarget();
                return names.contains(target.getName())
                        && target.getOwner().getPackageName().startsWith("org.apache.camel");
            }
        };
    }

    private static ArchCondition<JavaClass> resideInNullMarkedPackages() {
        return new ArchCondition<>("reside in a package marked @NullMarked") {
            private final Set<String> told = new TreeSet<>();

            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaPackage home = type.getPackage();
                if (!home.isAnnotatedWith(NullMarked.class) && told.add(home.getName())) {
                    events.add(SimpleConditionEvent.violated(type, home.getName() + " is not @NullMarked"));
                }
            }
        };
    }
}
