package org.wasl.security.authority;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.wasl.schemas.pack.InvalidPackException;
import org.wasl.schemas.pack.Pack;
import org.wasl.schemas.pack.Packs;

/** The samples' registry as a draft: members, services and agreements, without certificates, dates and signature. */
public final class DemoRegistry {

    private static final String RESOURCE = "samples-registry.xml";

    private DemoRegistry() {}

    /** The draft that comes with the program; an operator may give {@link DemoAuthority} another. */
    public static byte[] draft() {
        try (InputStream in = DemoRegistry.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + RESOURCE);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The draft that comes with the program, with what these packs add to it.
     *
     * @throws InvalidPackException when a pack's part cannot be added
     */
    public static byte[] draft(Packs packs) throws InvalidPackException {
        byte[] draft = draft();
        for (Pack pack : packs.all()) {
            draft = with(draft, pack);
        }
        return draft;
    }

    /**
     * A draft with what a pack adds to it.
     *
     * @throws InvalidPackException when its part cannot be added
     */
    public static byte[] with(byte[] draft, Pack pack) throws InvalidPackException {
        Optional<byte[]> part = pack.octets(Pack.REGISTRY);
        if (part.isEmpty()) {
            return draft;
        }
        DraftEdit.Outcome outcome = DraftMerge.add(draft, part.get());
        if (outcome instanceof DraftEdit.Outcome.Refused refused) {
            throw new InvalidPackException(List.of(pack.code() + "/" + Pack.REGISTRY + ": " + refused.reason()));
        }
        return ((DraftEdit.Outcome.Edited) outcome).octets();
    }
}
