package org.wasl.security.certificate;

import java.util.List;

/** Whether the certificates of a path are revoked. */
public sealed interface StatusVerdict {

    /**
     * None is, or their authorities give no status.
     *
     * @param evidence what showed it
     */
    record Good(List<RevocationEvidence> evidence) implements StatusVerdict {

        public Good {
            evidence = List.copyOf(evidence);
        }
    }

    /** One is. */
    record Revoked(String detail) implements StatusVerdict {}

    /** Of one nothing is known that may be relied on. */
    record Unknown(String detail) implements StatusVerdict {}
}
