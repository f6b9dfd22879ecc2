package org.wasl.routes.exchange;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.Parameter;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;

/** Checks names and inputs against the registry, the same on both sides. */
final class ServiceCheck {

    private ServiceCheck() {}

    /** Whether consumer and service are registered; the fault names the first that is not. */
    static Optional<Fault> names(Registry registry, SubsystemId consumer, ServiceId service, Stage stage) {
        if (registry.member(consumer.member()).isEmpty()) {
            return fault(FaultCode.MEMBER_UNKNOWN, stage, consumer, "no member " + consumer.member());
        }
        if (registry.subsystem(consumer).isEmpty()) {
            return fault(FaultCode.SUBSYSTEM_UNKNOWN, stage, consumer, "no subsystem " + consumer);
        }
        if (registry.member(service.member()).isEmpty()) {
            return fault(FaultCode.MEMBER_UNKNOWN, stage, consumer, "no member " + service.member());
        }
        if (registry.subsystem(service.subsystem()).isEmpty()) {
            return fault(FaultCode.SUBSYSTEM_UNKNOWN, stage, consumer, "no subsystem " + service.subsystem());
        }
        if (registry.service(service).isEmpty()) {
            return fault(FaultCode.SERVICE_UNKNOWN, stage, consumer, "no service " + service);
        }
        return Optional.empty();
    }

    /** Whether the inputs are those that the service takes. The fault never repeats a value. */
    static Optional<Fault> parameters(Service service, Map<String, String> given, Stage stage) {
        SubsystemId provider = service.id().subsystem();
        for (Parameter parameter : service.parameters()) {
            String value = given.get(parameter.name());
            if (value == null) {
                if (parameter.required()) {
                    return fault(
                            FaultCode.REQUEST_PARAMETER,
                            stage,
                            provider,
                            "parameter " + parameter.name() + " is missing");
                }
            } else if (parameter.pattern() != null
                    && !parameter.pattern().matcher(value).matches()) {
                return fault(
                        FaultCode.REQUEST_PARAMETER,
                        stage,
                        provider,
                        "parameter " + parameter.name() + " does not match " + parameter.pattern());
            }
        }
        for (String name : given.keySet()) {
            if (service.parameters().stream()
                    .noneMatch(parameter -> parameter.name().equals(name))) {
                return fault(FaultCode.REQUEST_PARAMETER, stage, provider, "the service takes no parameter " + name);
            }
        }
        return Optional.empty();
    }

    /** The value of the parameter that names the subject; null when there is none. */
    static @Nullable String subject(Service service, Map<String, String> given) {
        return service.parameters().stream()
                .filter(Parameter::subject)
                .map(parameter -> given.get(parameter.name()))
                .filter(value -> value != null)
                .findFirst()
                .orElse(null);
    }

    private static Optional<Fault> fault(FaultCode code, Stage stage, SubsystemId leg, String detail) {
        return Optional.of(new Fault(code, stage, leg.member().toString(), detail));
    }
}
