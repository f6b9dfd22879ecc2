package org.wasl.connectors.declaration;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.declaration.ConnectorDeclaration.Later;
import org.wasl.schemas.deferral.Deferral;
import org.wasl.schemas.fault.FaultCode;

/** Reads what a declaration says of answers that come later. */
final class LaterReader {

    /** For how long an answer may be announced, whatever an agency declares. */
    static final Duration MAX_STAYS_OPEN = Duration.ofDays(30);

    private static final Duration MAX_BETWEEN = Duration.ofHours(24);

    private final YamlSection root;

    LaterReader(YamlSection root) {
        this.root = root;
    }

    /** What is declared; null when nothing is. */
    @Nullable
    Later read() {
        Optional<YamlSection> declared = root.section("later");
        if (declared.isEmpty()) {
            return null;
        }
        YamlSection section = declared.get();
        Quantities quantities = new Quantities(section);
        String when = section.text("when", "");
        boolean whenDown = whenDown(section);
        if (when.isEmpty() && !whenDown) {
            section.problem("when", "is missing, and so is 'when-down': nothing would ever come later");
        }
        String reference = section.text("reference", "");
        Reason reason = reason(section, when);
        Duration expected = section.has("expected") ? quantities.duration("expected", "1h", MAX_STAYS_OPEN) : null;
        if (!section.has("stays-open")) {
            section.problem("stays-open", "is missing");
        }
        Later later = new Later(
                when,
                reference,
                reason.code(),
                reason.arabic(),
                reason.english(),
                whenDown,
                expected,
                quantities.duration("stays-open", "1d", MAX_STAYS_OPEN),
                quantities.duration("ask-first", "30s", MAX_BETWEEN),
                quantities.duration("ask-most", "15min", MAX_BETWEEN));
        if (later.askMost().compareTo(later.askFirst()) < 0) {
            section.problem("ask-most", "must not be less than 'ask-first'");
        }
        section.refuseLeftovers();
        return later;
    }

    private record Reason(String code, String arabic, String english) {}

    private static Reason reason(YamlSection section, String when) {
        Optional<YamlSection> declared = section.section("reason");
        if (declared.isEmpty()) {
            if (!when.isEmpty()) {
                section.problem("reason", "is missing: people are told why the answer comes later");
            }
            FaultCode down = FaultCode.BACKEND_UNAVAILABLE;
            return new Reason("", down.arabic(), down.english());
        }
        YamlSection reason = declared.get();
        String code = reason.text("code");
        if (!Deferral.isReason(code)) {
            reason.problem("code", "must be capital letters, digits and '_', at most 64");
        }
        Reason read = new Reason(code, reason.text("ar"), reason.text("en"));
        reason.refuseLeftovers();
        return read;
    }

    private static boolean whenDown(YamlSection section) {
        String text = section.text("when-down", "false");
        if (!text.equals("true") && !text.equals("false")) {
            section.problem("when-down", "must be true or false");
        }
        return text.equals("true");
    }
}
