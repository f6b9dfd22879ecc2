package org.wasl.node.edge.usage;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.edge.RequestHeaders;
import org.wasl.node.edge.audit.AuditSettings;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.audit.Embargoes;
import org.wasl.node.edge.audit.Names;
import org.wasl.node.edge.problem.ProblemResponses;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.Caller;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.schemas.fault.FaultCode;

/** Tells people who used their data; themselves only, by the number in their own token. */
@RestController
public final class UsageController {

    /** Names the nodes that did not answer. */
    static final String SILENT = "Wasl-Nodes-Silent";

    private final AuditedLog log;
    private final PersonUses uses;
    private final UsageTexts texts;
    private final UsageNodes nodes;
    private final AuditSettings audits;
    private final UsageSettings settings;
    private final Clock clock;

    /** @param clock tells from when on withheld uses are told */
    public UsageController(
            AuditedLog log,
            Embargoes embargoes,
            Names names,
            AuditSettings audits,
            UsageNodes nodes,
            UsageSettings settings,
            Clock clock) {
        this.log = log;
        this.uses = new PersonUses(log, embargoes, settings.entriesMax(), clock);
        this.texts = new UsageTexts(log, names, audits);
        this.nodes = nodes;
        this.audits = audits;
        this.settings = settings;
        this.clock = clock;
    }

    /** One line, told in words only when it is on the page. */
    private record Line(Instant at, Supplier<Usage> usage) {}

    @GetMapping(path = "/v2/findUsage", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<UsageAnswer> findUsage(
            CallerAuthentication authentication, HttpServletRequest request, HttpServletResponse response) {
        Caller caller = authentication.getPrincipal();
        String person = person(caller);
        boolean alone = isForThisNodeOnly(request);
        UsageRequest asked = UsageRequest.read(request, alone ? UsageRequest.DEEPEST : settings.pageMax());
        String locale = ProblemResponses.locale(request);
        UsageNodes.Told<UsageAnswer> others = alone
                ? new UsageNodes.Told<>(List.of(), List.of())
                : nodes.findUsage(new UsageNodes.Asker(caller.token(), locale), asked);
        PersonUses.Found own = uses.find(person, asked);
        List<Line> lines = new ArrayList<>();
        Map<String, String> receivers = new TreeMap<>();
        Map<String, String> purposes = new TreeMap<>();
        for (Use use : own.uses()) {
            String receiver = UsageTexts.receiver(use, audits);
            receivers.computeIfAbsent(receiver, code -> texts.receiverName(code, locale));
            purposes.computeIfAbsent(use.purpose(), code -> texts.purposeName(code, locale));
            if (asked.wants(receiver, use.purpose())) {
                lines.add(new Line(use.at(), () -> texts.tell(use, locale)));
            }
        }
        int total = lines.size();
        Optional<Instant> lookedBackTo = own.lookedBackTo();
        boolean complete = others.silent().isEmpty() && lookedBackTo.isEmpty();
        for (UsageAnswer answer : distinct(others.answers())) {
            answer.usages().forEach(usage -> lines.add(new Line(Instant.parse(usage.logtime()), () -> usage)));
            total += answer.totalUsages();
            complete &= answer.complete();
            merge(answer.receivers(), receivers);
            merge(answer.purposes(), purposes);
        }
        tellSilence(others.silent(), response);
        if (total == 0 && !others.silent().isEmpty()) {
            throw new RefusedException(
                    FaultCode.USAGE_INCOMPLETE, "Those nodes that answered know of no use; others did not answer.");
        }
        lines.sort(Comparator.comparing(Line::at).reversed());
        List<Usage> page = lines.stream()
                .skip(asked.offset())
                .limit(asked.limit())
                .map(line -> line.usage().get())
                .toList();
        return fresh(
                new UsageAnswer(
                        total,
                        page,
                        complete,
                        others.silent().isEmpty() ? null : others.silent(),
                        lookedBackTo.map(Instant::toString).orElse(null),
                        alone ? log.id().toString() : null,
                        alone ? null : nodes.addresses(),
                        named(receivers),
                        named(purposes)),
                locale);
    }

    private static void merge(@Nullable List<UsageAnswer.Named> others, Map<String, String> names) {
        if (others != null) {
            others.forEach(other -> names.putIfAbsent(other.code(), other.name()));
        }
    }

    private static List<UsageAnswer.Named> named(Map<String, String> names) {
        return names.entrySet().stream()
                .limit(UsageAnswer.MOST_NAMED)
                .map(each -> new UsageAnswer.Named(each.getKey(), each.getValue()))
                .toList();
    }

    /** Each log once, this node's own not again: the same node may be reached by two addresses. */
    private List<UsageAnswer> distinct(List<UsageAnswer> answers) {
        Set<String> seen = new HashSet<>(Set.of(log.id().toString()));
        return answers.stream().filter(answer -> seen.add(answer.node() + "")).toList();
    }

    @GetMapping(path = "/v2/usagePeriod", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> usagePeriod(
            CallerAuthentication authentication, HttpServletRequest request, HttpServletResponse response) {
        Caller caller = authentication.getPrincipal();
        person(caller);
        noParameters(request);
        String locale = ProblemResponses.locale(request);
        UsageNodes.Told<Instant> others = isForThisNodeOnly(request)
                ? new UsageNodes.Told<>(List.of(), List.of())
                : nodes.usagePeriod(new UsageNodes.Asker(caller.token(), locale));
        Instant start = log.row(0)
                .map(row -> Instant.ofEpochMilli(row.leaf().atMillis()))
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS));
        for (Instant other : others.answers()) {
            start = other.isBefore(start) ? other : start;
        }
        tellSilence(others.silent(), response);
        Map<String, Object> period = new LinkedHashMap<>();
        period.put("periodStart", start.toString());
        period.put("complete", others.silent().isEmpty());
        if (!others.silent().isEmpty()) {
            period.put("nodesSilent", others.silent());
        }
        return fresh(period, locale);
    }

    @GetMapping(path = "/v2/heartbeat", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, String>> heartbeat(HttpServletRequest request) {
        noParameters(request);
        String locale = ProblemResponses.locale(request);
        boolean works = log.available();
        String message;
        if ("ar".equals(locale)) {
            message = works ? "الخدمة جاهزة" : "سجل الرسائل غير متاح";
        } else {
            message = works ? "API is ready" : "The message log is not available";
        }
        return fresh(Map.of("status", works ? "OK" : "FAIL", "message", message), locale);
    }

    /** Their own number: there is no other of whom they are told. */
    static String person(Caller caller) {
        String number = caller.nationalNumber();
        if (number == null || number.isBlank()) {
            throw new RefusedException(FaultCode.ACCESS_DENIED, "The token does not say whose data it is about.");
        }
        return number;
    }

    /** Whether another node asks: it asks all others itself. */
    private static boolean isForThisNodeOnly(HttpServletRequest request) {
        Optional<String> scope = new RequestHeaders(request).token(UsageNodes.SCOPE);
        if (scope.isPresent() && !UsageNodes.THIS_NODE.equals(scope.get())) {
            throw new RefusedException(
                    FaultCode.REQUEST_INVALID, UsageNodes.SCOPE + " must be " + UsageNodes.THIS_NODE + ".");
        }
        return scope.isPresent();
    }

    private static void noParameters(HttpServletRequest request) {
        if (!request.getParameterMap().isEmpty()) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "This address takes no parameter.");
        }
    }

    /** Set on the response itself, so that a problem carries it too. */
    private static void tellSilence(List<String> silent, HttpServletResponse response) {
        if (!silent.isEmpty()) {
            response.setHeader(SILENT, String.join(", ", silent));
        }
    }

    private static <T> ResponseEntity<T> fresh(T body, String locale) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_LANGUAGE, locale)
                .body(body);
    }
}
