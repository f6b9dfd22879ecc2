package org.wasl.security.registry;

import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a registry must keep beyond its schema about keys for signed notes, witnesses and time-stamps. */
final class EvidenceRules {

    private static final Set<String> NOTE_ALGORITHMS = Set.of("Ed25519", "EdDSA");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final Registry registry;
    private final List<String> problems = new ArrayList<>();
    private final Map<PublicKey, String> holders = new HashMap<>();
    private final Map<String, String> namesakes = new HashMap<>();

    private EvidenceRules(Registry registry) {
        this.registry = registry;
    }

    /** The violations, each a sentence that names where it is; empty when there are none. */
    static List<String> problems(Registry registry) {
        EvidenceRules rules = new EvidenceRules(registry);
        rules.checkNoteKeys();
        registry.evidence().ifPresent(rules::check);
        return rules.problems;
    }

    /** What a published registry must have besides; a draft may be completed by its authority yet. */
    static List<String> missing(Registry registry) {
        EvidenceRules rules = new EvidenceRules(registry);
        registry.evidence().ifPresent(rules::checkComplete);
        return rules.problems;
    }

    private void checkComplete(EvidencePolicy evidence) {
        evidence.witnessing().ifPresent(witnessing -> {
            long parties = registry.witnesses().stream()
                    .filter(witness -> witness.address() != null)
                    .map(RegisteredWitness::party)
                    .distinct()
                    .count();
            if (witnessing.quorum() > parties) {
                problems.add("witnessing asks for " + witnessing.quorum() + " witnesses of " + parties
                        + " that have an address");
            }
        });
        if (evidence.timeStamping().isPresent()
                && registry.anchors().stream().noneMatch(anchor -> anchor.use() == CertificateUse.TIMESTAMP)) {
            problems.add("time-stamping has no TIMESTAMP authority");
        }
    }

    private void checkNoteKeys() {
        for (Member member : registry.members()) {
            for (NoteKey key : member.noteKeys()) {
                String name = "the " + key.use() + " key " + key.name() + " of " + member.id();
                checkKey(name, key.key(), key.validFrom(), key.validTo());
                checkHolder(name, key.key(), member.id() + " " + key.use());
                checkNamesake(key.use(), key.name(), member.id().toString());
                if (key.address() != null) {
                    checkAddress(name, key.address());
                    if (key.use() != NoteKey.Use.WITNESS) {
                        problems.add(name + " has an address, which only a witness has");
                    }
                }
            }
        }
    }

    private void check(EvidencePolicy evidence) {
        for (EvidencePolicy.Witness witness : evidence.witnesses()) {
            String name = "the witness " + witness.name();
            checkKey(name, witness.key(), witness.validFrom(), witness.validTo());
            checkHolder(name, witness.key(), name);
            checkNamesake(NoteKey.Use.WITNESS, witness.name(), name);
            checkAddress(name, witness.address());
        }
        evidence.witnessing().ifPresent(witnessing -> {
            checkWindows("witnessing", witnessing.alarmAfter(), witnessing.refuseAfter());
        });
        evidence.timeStamping().ifPresent(timeStamping -> {
            checkWindows("time-stamping", timeStamping.alarmAfter(), timeStamping.refuseAfter());
            checkAddress("time-stamping", timeStamping.address());
            if (timeStamping.every().compareTo(timeStamping.alarmAfter()) > 0) {
                problems.add("time-stamping sounds an alarm before the next time-stamp is due");
            }
        });
    }

    private void checkKey(String name, PublicKey key, Instant from, Instant to) {
        if (!NOTE_ALGORITHMS.contains(key.getAlgorithm())) {
            problems.add(name + " is not an Ed25519 key");
        }
        if (!from.isBefore(to)) {
            problems.add(name + " ends before it begins");
        }
    }

    /** One key is one party's, for one use: otherwise an operator could witness itself under another name. */
    private void checkHolder(String name, PublicKey key, String holder) {
        @Nullable String other = holders.putIfAbsent(key, holder);
        if (other != null) {
            problems.add(
                    other.equals(holder)
                            ? name + " is there twice"
                            : "one note key is registered for " + other + " and for " + holder);
        }
    }

    /** A name is one party's: otherwise one operator's log could pass for another's, or one witness for another. */
    private void checkNamesake(NoteKey.Use use, String name, String party) {
        @Nullable String other = namesakes.putIfAbsent(use + " " + name, party);
        if (other != null && !other.equals(party)) {
            problems.add("the " + use + " name " + name + " is that of " + other + " and of " + party);
        }
    }

    private void checkWindows(String name, Duration alarmAfter, Duration refuseAfter) {
        if (refuseAfter.compareTo(alarmAfter) < 0) {
            problems.add(name + " refuses before anybody is told");
        }
    }

    private void checkAddress(String name, URI address) {
        boolean good = address.getScheme() != null
                && SCHEMES.contains(address.getScheme())
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && address.getPort() <= 65_535;
        if (!good) {
            problems.add(name + " has an address that is not plain http or https: " + address);
        }
    }
}
