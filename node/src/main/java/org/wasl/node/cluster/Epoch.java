package org.wasl.node.cluster;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.keys.HeldKey;
import org.wasl.security.keys.KeyCustody;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.NoteKey;
import org.wasl.security.registry.Registry;

/**
 * The next epoch of one node's log: another key under another name, so that to witnesses and auditors it is another log.
 *
 * @param member whose log it is
 * @param ended the key so far, which ends now
 * @param begun the key from now on
 */
record Epoch(MemberId member, NoteKey ended, NoteKey begun) {

    private static final Pattern NUMBERED = Pattern.compile("(.*)/([0-9]{1,6})");

    /**
     * Makes the key of the epoch that follows the one in which this custody's node is.
     *
     * @throws IOException when the registry lists no key of that node
     */
    static Epoch after(Registry inForce, MemberId member, KeyCustody custody, Instant now)
            throws IOException, GeneralSecurityException {
        Set<PublicKey> held = custody.keys(Set.of(member)).stream()
                .filter(key -> key.use() == CertificateUse.CHECKPOINT)
                .map(key -> key.certificate().getPublicKey())
                .collect(Collectors.toSet());
        NoteKey current = inForce.member(member).stream()
                .flatMap(listed -> listed.noteKeys().stream())
                .filter(key -> key.use() == NoteKey.Use.CHECKPOINT && held.contains(key.key()))
                .max(Comparator.comparing(NoteKey::validFrom))
                .orElseThrow(() -> new IOException("the registry lists no key for the log of this node of " + member));
        HeldKey fresh = custody.generate(member, CertificateUse.CHECKPOINT);
        NoteKey begun = new NoteKey(
                NoteKey.Use.CHECKPOINT,
                next(current.name()),
                custody.checkpointKey(fresh).publicKey(),
                now,
                fresh.certificate().getNotAfter().toInstant(),
                null,
                null);
        NoteKey ended = new NoteKey(
                current.use(),
                current.name(),
                current.key(),
                current.validFrom(),
                now,
                current.compromisedFrom(),
                current.address());
        return new Epoch(member, ended, begun);
    }

    /** The name of the log's next epoch: the second one is numbered first. */
    static String next(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() ? numbered.group(1) + "/" + (Integer.parseInt(numbered.group(2)) + 1) : name + "/2";
    }

    String name() {
        return begun.name();
    }

    /** This draft with both keys. */
    Registry in(Registry draft) {
        List<Member> members = new ArrayList<>();
        for (Member one : draft.members()) {
            members.add(one.id().equals(member) ? with(one) : one);
        }
        return new Registry(
                draft.instance(),
                draft.version(),
                draft.issued(),
                draft.expires(),
                draft.grace(),
                draft.trusted(),
                draft.evidence().orElse(null),
                members,
                draft.agreements());
    }

    private Member with(Member one) {
        List<NoteKey> keys = new ArrayList<>(one.noteKeys());
        keys.removeIf(key -> key.key().equals(ended.key()));
        keys.add(ended);
        keys.add(begun);
        return new Member(one.id(), one.name(), one.nodes(), one.certificates(), keys, one.subsystems());
    }
}
