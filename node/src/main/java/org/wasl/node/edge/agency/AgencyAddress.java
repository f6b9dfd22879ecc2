package org.wasl.node.edge.agency;

import java.util.Comparator;
import java.util.Optional;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;
import org.wasl.security.registry.Subsystem;

/**
 * What an address below {@code /r1} names: {@code instance/class/member/subsystem/service[/vN]}.
 *
 * @param subsystem the provider
 * @param code the service's code, or that of a metadata service
 * @param rest what follows the code, without slashes at either end
 */
record AgencyAddress(SubsystemId subsystem, String code, String rest) {

    static AgencyAddress of(
            String instance, String memberClass, String member, String subsystem, String code, String rest) {
        try {
            SubsystemId provider = new SubsystemId(new MemberId(instance, memberClass, member), subsystem);
            // The service's own rule on codes is checked by making an identifier of it.
            ServiceId checked = new ServiceId(provider, code, 1);
            return new AgencyAddress(provider, checked.code(), strip(rest));
        } catch (IllegalArgumentException malformed) {
            throw new RefusedException(
                    FaultCode.REQUEST_MALFORMED,
                    "The address must be /r1/instance/class/member/subsystem/service, and " + malformed.getMessage()
                            + ".",
                    malformed);
        }
    }

    private static String strip(String rest) {
        int from = rest.startsWith("/") ? 1 : 0;
        int to = rest.endsWith("/") && rest.length() > 1 ? rest.length() - 1 : rest.length();
        return rest.substring(Math.min(from, to), to);
    }

    /** The provider as registered. */
    Subsystem provider(Registry registry) {
        if (registry.member(subsystem.member()).isEmpty()) {
            throw new RefusedException(FaultCode.MEMBER_UNKNOWN, "The registry has no such member.");
        }
        return registry.subsystem(subsystem)
                .orElseThrow(
                        () -> new RefusedException(FaultCode.SUBSYSTEM_UNKNOWN, "The member has no such subsystem."));
    }

    /** The service as registered: the version that the address names, or else the newest. */
    Service service(Registry registry) {
        Optional<Service> service = provider(registry).services().stream()
                .filter(offered -> offered.id().code().equals(code))
                .filter(offered ->
                        rest.isEmpty() || rest.equals("v" + offered.id().version()))
                .max(Comparator.comparingInt(offered -> offered.id().version()));
        return service.orElseThrow(() -> new RefusedException(
                FaultCode.SERVICE_UNKNOWN, "The subsystem has no such service, or not in this version."));
    }
}
