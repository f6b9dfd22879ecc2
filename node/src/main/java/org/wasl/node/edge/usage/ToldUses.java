package org.wasl.node.edge.usage;

import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasl.node.edge.audit.AuditSettings;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.audit.Embargoes;

/** The uses of their data that people have been told of by this node, by ids that mean nothing to anybody else. */
public final class ToldUses {

    private static final Pattern ID = Pattern.compile("([0-9a-f-]{36})\\.([0-9]{1,18})");

    private final AuditedLog log;
    private final PersonUses uses;
    private final AuditSettings audits;

    public ToldUses(AuditedLog log, Embargoes embargoes, AuditSettings audits, UsageSettings settings, Clock clock) {
        this.log = log;
        this.uses = new PersonUses(log, embargoes, settings.entriesMax(), clock);
        this.audits = audits;
    }

    /** The id of a use that this log knows: it stands for nothing without the log. */
    static String id(AuditedLog log, Use use) {
        return log.id() + "." + use.index();
    }

    /** The use of this id, if it is one of this person's data that this log has told them of. */
    Optional<Question.AskedUse> find(String person, String id) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches() || !parts.group(1).equals(log.id().toString())) {
            return Optional.empty();
        }
        long index = Long.parseLong(parts.group(2));
        return uses.find(person, UsageRequest.EVERYTHING).uses().stream()
                .filter(use -> use.index() == index)
                .findFirst()
                .map(use ->
                        new Question.AskedUse(id, index, use.at(), UsageTexts.receiver(use, audits), use.purpose()));
    }
}
