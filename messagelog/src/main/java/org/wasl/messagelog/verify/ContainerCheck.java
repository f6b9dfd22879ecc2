package org.wasl.messagelog.verify;

import java.util.List;
import java.util.Optional;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.security.certificate.RevocationEvidence;

/** Looks into each container that has its leaf's commitment: at its signature, or whether the leaf tells its truth. */
@FunctionalInterface
public interface ContainerCheck {

    /** Looks at nothing. */
    ContainerCheck NONE = (index, leaf, container) -> Optional.empty();

    /**
     * Why this container is refused; empty when it is not. Leaves of direction {@code REFUSED} hold what was refused, so
     * their containers may be anything.
     *
     * @param index the leaf's index
     * @param leaf the leaf as it stands
     * @param container the container's octets; none of a request that was refused before there was one
     */
    Optional<String> refuse(long index, Leaf leaf, byte[] container);

    /**
     * The same with the evidence that the leaf names, which has the digests that stand there.
     *
     * @param evidence the OCSP responses and revocation lists by which the message was verified when it was logged
     */
    default Optional<String> refuse(long index, Leaf leaf, byte[] container, List<RevocationEvidence> evidence) {
        return refuse(index, leaf, container);
    }
}
