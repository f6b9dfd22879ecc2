package org.wasl.messagelog.verify;

import java.io.IOException;
import java.util.List;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.ContainerContent;

/**
 * Looks into each container that has its leaf's commitment: at its signature, and whether the leaf tells its truth.
 * Called by many threads at once, in any order.
 */
@FunctionalInterface
public interface ContainerCheck {

    /** Looks at nothing. */
    ContainerCheck NONE = (index, leaf, container, evidence) -> ContainerFinding.UNEXAMINED;

    /**
     * Looks into one. Leaves of direction {@code REFUSED} hold what was refused, so their containers may be anything.
     *
     * @param index the leaf's index
     * @param leaf the leaf as it stands
     * @param container the container's octets; none of a request that was refused before there was one
     * @param evidence the OCSP responses and revocation lists by which the message was verified when it was logged: of
     *     those that the leaf names, the ones that are there and have their digest. The same list object for the same
     *     evidence, as a rule
     */
    ContainerFinding examine(long index, Leaf leaf, byte[] container, List<RevocationEvidence> evidence);

    /**
     * Looks into one that holds a document and so is not in memory.
     *
     * @throws IOException when it cannot be read
     */
    default ContainerFinding examine(long index, Leaf leaf, ContainerContent whole, List<RevocationEvidence> evidence)
            throws IOException {
        return ContainerFinding.UNEXAMINED;
    }
}
