package org.wasl.node.edge.audit;

import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Service;
import org.wasl.security.registry.Subsystem;

/** What members, services and purposes are called; what the registry does not list any more goes by its identifier. */
public final class Names {

    private final CurrentRegistry registry;
    private final PurposeLabels purposes;

    public Names(CurrentRegistry registry, PurposeLabels purposes) {
        this.registry = registry;
        this.purposes = purposes;
    }

    public Label member(MemberId id) {
        return registry.get().member(id).map(Member::name).orElseGet(() -> itself(id));
    }

    public Label subsystem(SubsystemId id) {
        return registry.get().subsystem(id).map(Subsystem::name).orElseGet(() -> itself(id));
    }

    public Label service(ServiceId id) {
        return registry.get().service(id).map(Service::name).orElseGet(() -> itself(id));
    }

    public Label purpose(String code) {
        return purposes.of(code);
    }

    private static Label itself(Object id) {
        return new Label(id.toString(), id.toString());
    }
}
