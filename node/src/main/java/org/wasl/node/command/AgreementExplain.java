package org.wasl.node.command;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.agreement.AccessRequest;
import org.wasl.security.agreement.RegistryAccessPolicy;
import org.wasl.security.assertion.Mandate;
import org.wasl.security.assertion.VerifiedAssertion;
import org.wasl.security.registry.FieldLabels;
import org.wasl.security.registry.Parameter;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Answers "may A ask B for C, and what comes back", by the very code that decides. */
@Command(name = "explain")
final class AgreementExplain implements Callable<Integer> {

    /** About whom it is asked, as far as that is said. */
    enum About {
        SELF,
        PARTY,
        OTHER
    }

    private static final String SOMEBODY = "somebody";

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    RegistryOption registry = new RegistryOption();

    @Option(names = "--consumer", required = true, paramLabel = "SUBSYSTEM", descriptionKey = "agreement.consumer")
    String consumer = "";

    @Option(names = "--service", required = true, paramLabel = "SERVICE", descriptionKey = "agreement.service")
    String service = "";

    @Option(names = "--purpose", required = true, paramLabel = "CODE", descriptionKey = "agreement.purpose")
    String purpose = "";

    @Option(names = "--legal-basis", required = true, paramLabel = "CODE", descriptionKey = "agreement.legal-basis")
    String legalBasis = "";

    @Option(names = "--actor", descriptionKey = "agreement.actor")
    ActorKind actor = ActorKind.SYSTEM;

    @Option(names = "--assurance", descriptionKey = "agreement.assurance")
    AssuranceLevel assurance = AssuranceLevel.SUBSTANTIAL;

    @Option(names = "--no-assertion", descriptionKey = "agreement.no-assertion")
    boolean withoutAssertion;

    @Option(names = "--about", descriptionKey = "agreement.about")
    @Nullable
    About about;

    @Option(names = "--case", paramLabel = "REFERENCE", descriptionKey = "agreement.case")
    @Nullable
    String caseReference;

    @Option(names = "--represents", paramLabel = "PARTY", descriptionKey = "agreement.represents")
    @Nullable
    String party;

    @Option(names = "--at", paramLabel = "INSTANT", descriptionKey = "agreement.at")
    String at = "";

    @Spec
    CommandSpec spec = CommandSpec.create();

    AgreementExplain(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        SubsystemId asking = identifier("--consumer", () -> SubsystemId.parse(consumer));
        ServiceId asked = identifier("--service", () -> ServiceId.parse(service));
        Instant instant = at.isEmpty() ? Instant.now() : instant();
        Optional<Registry> found = registry.read(console);
        if (found.isEmpty()) {
            return ExitCode.UNAVAILABLE;
        }
        AccessRequest question = question(asking, asked, found.get(), instant);
        AgreementAnswer answer = new AgreementAnswer(
                question,
                new RegistryAccessPolicy(Clock.fixed(instant, ZoneOffset.UTC)).explain(question, found.get()),
                found.get(),
                new FieldLabels(SchemaCatalogue.load()));
        if (shared.json) {
            console.json(answer.document());
        } else {
            answer.print(console);
        }
        return answer.verdict() == AgreementAnswer.Verdict.NO ? ExitCode.REFUSED : ExitCode.OK;
    }

    /** Nobody's number is asked for: whom it is about is played by words. */
    private AccessRequest question(SubsystemId asking, ServiceId asked, Registry in, Instant instant) {
        boolean asserted = actor != ActorKind.SYSTEM && !withoutAssertion;
        VerifiedAssertion assertion = asserted
                ? new VerifiedAssertion(
                        URI.create("urn:wasl:somebody"),
                        SOMEBODY,
                        actor,
                        assurance,
                        About.SELF.name(),
                        party == null ? null : new Mandate(party, About.PARTY.name()),
                        instant)
                : null;
        return new AccessRequest(
                asking,
                asked,
                purpose,
                legalBasis,
                new Actor(actor, assurance, SOMEBODY, null),
                party,
                caseReference,
                parameters(in.service(asked)),
                assertion,
                instant);
    }

    private @Nullable Map<String, String> parameters(Optional<Service> asked) {
        if (about == null) {
            return null;
        }
        Map<String, String> parameters = new HashMap<>();
        List<Parameter> all = asked.map(Service::parameters).orElse(List.of());
        all.stream().filter(Parameter::subject).forEach(parameter -> parameters.put(parameter.name(), about.name()));
        return parameters;
    }

    private Instant instant() {
        try {
            return Instant.parse(at);
        } catch (DateTimeParseException malformed) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), console.texts().text("agreement.bad-instant", at), malformed);
        }
    }

    private <T> T identifier(String option, java.util.function.Supplier<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException malformed) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), option + ": " + malformed.getMessage(), malformed);
        }
    }
}
