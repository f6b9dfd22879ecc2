package org.wasl.messagelog.publication;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.wasl.messagelog.witness.WitnessReply;

/**
 * Who holds another history of this log than the log itself. An answer that says so is not signed, so the witness may take
 * it back, with what is: its cosignature under a later checkpoint. What the node's own files say stays.
 */
final class Disputes {

    private final Map<String, String> byWitness = new LinkedHashMap<>();
    private Optional<String> own = Optional.empty();

    /**
     * Takes in an answer.
     *
     * @param size how many leaves the log has now
     * @return what is disputed by it that was not before
     */
    Optional<String> take(WitnessRound.Heard heard, long size) {
        String name = heard.witness().key().name();
        long asked = heard.checkpoint().size();
        if (heard.reply() instanceof WitnessReply.Cosigned) {
            byWitness.remove(name);
            return Optional.empty();
        }
        if (heard.reply() instanceof WitnessReply.Inconsistent) {
            return add(
                    name,
                    "says that checkpoint " + asked + " does not follow from " + heard.oldSize()
                            + ", which it cosigned");
        }
        if (heard.reply() instanceof WitnessReply.Conflict conflict) {
            if (conflict.size() > size) {
                return add(name, "cosigned " + conflict.size() + " leaves, and the log has " + size);
            }
            if (conflict.size() == heard.oldSize() && conflict.size() == asked) {
                return add(name, "cosigned another tree of " + asked + " leaves");
            }
        }
        return Optional.empty();
    }

    private Optional<String> add(String name, String what) {
        return byWitness.put(name, what) == null ? Optional.of("witness " + name + " " + what) : Optional.empty();
    }

    /** The node's own files hold another history. */
    void own(String what) {
        own = Optional.of(what);
    }

    /** Only those that are witnesses still can dispute. */
    void retain(Collection<String> names) {
        byWitness.keySet().retainAll(names);
    }

    void clear() {
        byWitness.clear();
        own = Optional.empty();
    }

    boolean any() {
        return own.isPresent() || !byWitness.isEmpty();
    }

    Optional<String> ownDispute() {
        return own;
    }

    Map<String, String> byWitness() {
        return Map.copyOf(byWitness);
    }
}
