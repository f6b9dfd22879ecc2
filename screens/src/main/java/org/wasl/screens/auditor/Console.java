package org.wasl.screens.auditor;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.wasl.screens.api.ApiAnswer;
import org.wasl.screens.api.BusApi;
import org.wasl.screens.frame.FormErrors;
import org.wasl.screens.frame.Language;
import org.wasl.screens.frame.Moments;
import org.wasl.screens.frame.Reading;

/** What the console's pages share: reasons, headers, and how refusals are told in forms. */
public final class Console {

    /** A form that cannot be taken as it is. */
    static final int UNPROCESSABLE = 422;

    static final int LEAST_REASON = 10;
    static final int MOST_REASON = 500;

    private static final String REASON = "Wasl-Audit-Reason";
    private static final String BREAK_GLASS = "Wasl-Break-Glass";

    private final Moments moments;

    public Console(Moments moments) {
        this.moments = moments;
    }

    Moments moments() {
        return moments;
    }

    Reading reading(ApiAnswer.Given answer, Language language) {
        return new Reading(answer.body(), language, moments);
    }

    Reading reading(BusApi api, String path, Language language) {
        return reading(api.get(path).orFail(), language);
    }

    /** Checks a reason before anything is sent. */
    static void reason(String reason, FormErrors errors) {
        int characters = reason.strip().codePointCount(0, reason.strip().length());
        if (characters < LEAST_REASON || characters > MOST_REASON) {
            errors.add("reason", "auditor.reason.length", LEAST_REASON, MOST_REASON);
        }
    }

    /** Tells beside its field what the bus refused, and else above the form. */
    static void refused(ApiAnswer answer, FormErrors errors) {
        if (answer instanceof ApiAnswer.Refused refused) {
            switch (refused.problem().code()) {
                case "wasl.audit.reason" -> errors.add("reason", "auditor.reason.refused");
                case "wasl.audit.cursor" -> errors.add("", "auditor.search.cursor");
                case "wasl.request.not-found" -> errors.add("id", "auditor.request.none");
                case "wasl.container.not-found" -> errors.add("id", "auditor.message.none");
                default -> errors.said(refused.problem().title());
            }
        } else {
            errors.add("", "auditor.unreachable");
        }
    }

    static Map<String, String> auditReason(String reason) {
        return Map.of(REASON, encoded(reason.strip()));
    }

    static Map<String, String> breakGlass(String reason) {
        return Map.of(BREAK_GLASS, encoded(reason.strip()));
    }

    /** As a header takes it: percent-encoded, a blank as %20. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
