package org.wasl.node.edge.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.edge.FlatJson;
import org.wasl.node.edge.FreeText;
import org.wasl.node.edge.RequestHeaders;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;

/**
 * Where auditors look for what is unusual: from metadata, with a reason. Family names the log does not know: an auditor
 * who suspects an officer has the answers to that officer opened, and that is opening content.
 */
@RestController
public final class AnomaliesController {

    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Duration USUAL = Duration.ofDays(7);
    private static final int MOST_NAME_CHARACTERS = 80;
    private static final Map<String, FlatJson.Kind> MEMBERS = Map.of(
            "person", FlatJson.Kind.TEXT,
            "service", FlatJson.Kind.TEXT,
            "familyName", FlatJson.Kind.TEXT,
            "from", FlatJson.Kind.TEXT,
            "to", FlatJson.Kind.TEXT);

    private final Anomalies anomalies;
    private final FamilyNames families;
    private final AuditTrail trail;
    private final BreakGlass breakGlass;
    private final Clock clock;

    public AnomaliesController(
            Anomalies anomalies, FamilyNames families, AuditTrail trail, BreakGlass breakGlass, Clock clock) {
        this.anomalies = anomalies;
        this.families = families;
        this.trail = trail;
        this.breakGlass = breakGlass;
        this.clock = clock;
    }

    @GetMapping(path = "/audit/anomalies", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<AnomaliesView> anomalies(CallerAuthentication authentication, HttpServletRequest request) {
        String reason = StatedReason.ofHeader(new RequestHeaders(request)
                .value(AuditController.REASON)
                .orElseThrow(() -> new RefusedException(
                        FaultCode.AUDIT_REASON, "State the reason in the header " + AuditController.REASON + ".")));
        Period period = period(request.getParameter("from"), request.getParameter("to"));
        AnomaliesView found = anomalies.in(period.from(), period.to());
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("from", period.from().toString());
        target.put("to", period.to().toString());
        target.put("results", found.findings().size());
        trail.looked(authentication.getPrincipal().actorId(), AuditTrail.ANOMALIES, reason, target, List.of(), null);
        return fresh(found);
    }

    /** Opens answers that one officer was given, and tells which family names they have in common. */
    @PostMapping(path = "/audit/anomalies/family-names", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<FamilyNames.View> familyNames(CallerAuthentication authentication, HttpServletRequest request)
            throws IOException {
        String reason = breakGlass.reason(request);
        FlatJson body = FlatJson.read(request, MEMBERS);
        Period period = period(body.text("from"), body.text("to"));
        String officer = body.text("person");
        if (officer == null || !RequestHeaders.TOKEN.matcher(officer).matches()) {
            throw refused("person must be the opaque id of who asked.");
        }
        String stated = FreeText.read(body.text("familyName"), "familyName", 0, MOST_NAME_CHARACTERS);
        return fresh(families.of(
                authentication.getPrincipal(),
                reason,
                new FamilyNames.Asked(officer, service(body.text("service")), stated, period.from(), period.to())));
    }

    private static ServiceId service(@Nullable String text) {
        try {
            if (text != null) {
                return ServiceId.parse(text);
            }
        } catch (IllegalArgumentException malformed) {
            throw new RefusedException(
                    FaultCode.REQUEST_PARAMETER, "service must be a service's identifier.", malformed);
        }
        throw refused("Say of which service the answers are to be opened: service.");
    }

    private record Period(Instant from, Instant to) {}

    private Period period(@Nullable String from, @Nullable String to) {
        Instant end = to == null ? clock.instant().truncatedTo(ChronoUnit.MILLIS) : instant(to);
        Instant begin = from == null ? end.minus(USUAL) : instant(from);
        if (!begin.isBefore(end) || begin.plus(LONGEST).isBefore(end)) {
            throw refused("from must be before to, by at most " + LONGEST.toDays() + " days.");
        }
        return new Period(begin, end);
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw new RefusedException(
                    FaultCode.REQUEST_PARAMETER, "from and to must be dates and times, as in RFC 3339.", malformed);
        }
    }

    private static RefusedException refused(String detail) {
        return new RefusedException(FaultCode.REQUEST_PARAMETER, detail);
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(body);
    }
}
