package org.wasl.security.keys;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One key, one holder, one use: a key that served two could be talked into speaking for the other. */
public final class KeySeparation {

    private KeySeparation() {}

    /**
     * A key in use.
     *
     * @param holder whose it is and what for, for example {@code JO/GOV/CSPD MESSAGE}
     */
    public record Claim(String holder, PublicKey key) {

        /** The claim of a held key. */
        public static Claim of(HeldKey key) {
            return new Claim(key.member() + " " + key.use(), key.certificate().getPublicKey());
        }
    }

    /** Each key that is claimed by two, in a sentence; empty when all are apart. Claiming one's own key again is fine. */
    public static List<String> conflicts(Collection<Claim> claims) {
        Map<ByteBuffer, String> holders = new HashMap<>();
        List<String> conflicts = new ArrayList<>();
        for (Claim claim : claims) {
            ByteBuffer key = ByteBuffer.wrap(claim.key().getEncoded());
            String other = holders.putIfAbsent(key, claim.holder());
            if (other != null && !other.equals(claim.holder())) {
                conflicts.add("one key is used for " + other + " and for " + claim.holder());
            }
        }
        return conflicts;
    }

    /**
     * Refuses a key that is claimed by two.
     *
     * @throws GeneralSecurityException naming all conflicts
     */
    public static void check(Collection<Claim> claims) throws GeneralSecurityException {
        List<String> conflicts = conflicts(claims);
        if (!conflicts.isEmpty()) {
            throw new GeneralSecurityException(String.join("; ", conflicts));
        }
    }
}
