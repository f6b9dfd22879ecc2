package org.wasl.security.keys;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wasl.schemas.identifier.MemberId;

/** The keys of the members that this node speaks for. */
public interface MemberKeys {

    /** The key with which this member signs now; empty when this node does not speak for it. */
    Optional<SigningKey> messageKey(MemberId member);

    /**
     * The key that opens what was encrypted to this certificate, whether it is a member's key of today or an older one:
     * what was encrypted to a certificate can be read for as long as its key is kept. Empty when this node has no such
     * key.
     *
     * @param certificateDigest SHA-256 of the certificate (DER), lower-case hexadecimal
     */
    Optional<DecryptionKey> decryptionKey(String certificateDigest);

    /** The key that signs the checkpoints of this member's log; empty when this node has none. */
    default Optional<CheckpointKey> checkpointKey(MemberId member) {
        return Optional.empty();
    }

    /** All such keys that this node has, oldest first: which of them signs is the registry's to say. */
    default List<CheckpointKey> checkpointKeys(MemberId member) {
        return checkpointKey(member).stream().toList();
    }

    /** The key with which this member cosigns the checkpoints of others' logs; empty when this node has none. */
    default Optional<CheckpointKey> witnessKey(MemberId member) {
        return Optional.empty();
    }

    /** The members that this node speaks for. */
    Set<MemberId> members();
}
