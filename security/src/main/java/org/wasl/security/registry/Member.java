package org.wasl.security.registry;

import java.util.List;
import org.wasl.schemas.identifier.MemberId;

/**
 * A member as registered.
 *
 * @param id its identifier
 * @param name its name
 * @param nodes the ids of the nodes that speak for it; each has a reply queue of its own
 * @param certificates its certificates, past, present and to come
 * @param noteKeys its keys for checkpoints and cosignatures
 * @param subsystems its subsystems
 */
public record Member(
        MemberId id,
        Label name,
        List<String> nodes,
        List<RegisteredCertificate> certificates,
        List<NoteKey> noteKeys,
        List<Subsystem> subsystems) {

    /** A member without note keys. */
    public Member(
            MemberId id,
            Label name,
            List<String> nodes,
            List<RegisteredCertificate> certificates,
            List<Subsystem> subsystems) {
        this(id, name, nodes, certificates, List.of(), subsystems);
    }

    public Member {
        nodes = List.copyOf(nodes);
        certificates = List.copyOf(certificates);
        noteKeys = List.copyOf(noteKeys);
        subsystems = List.copyOf(subsystems);
    }
}
