package org.wasl.messagelog.publication;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.wasl.messagelog.note.NoteSigner;
import org.wasl.messagelog.note.VerifierKey;

/**
 * What holds for the publication of a log now.
 *
 * @param signer signs its checkpoints; its name is the log's origin. Empty when this node has no key that the registry
 *     lists
 * @param witnesses who is asked for cosignatures, without the operator itself
 * @param witnessing how many of them are needed; empty when the log need not be witnessed
 */
public record PublicationTerms(
        Optional<NoteSigner> signer, List<AskedWitness> witnesses, Optional<Witnessing> witnessing) {

    /** Nothing is published and nothing needed. */
    public static final PublicationTerms NONE = new PublicationTerms(Optional.empty(), List.of(), Optional.empty());

    public PublicationTerms {
        witnesses = List.copyOf(witnesses);
    }

    /**
     * One who is asked.
     *
     * @param party who it is: several keys of one party count once
     * @param key of type {@code COSIGNATURE_V1}
     * @param address its submission prefix, without a slash at the end
     */
    public record AskedWitness(String party, VerifierKey key, URI address) {}

    /**
     * How many cosignatures are needed, and for how long the log may go without.
     *
     * @param quorum how many parties
     * @param alarmAfter after how long somebody is told
     * @param refuseAfter after how long nothing is disclosed any more
     */
    public record Witnessing(int quorum, Duration alarmAfter, Duration refuseAfter) {}
}
