package org.wasl.node.edge.agency;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.wasl.node.edge.RequestHeaders;
import org.wasl.node.edge.problem.ProblemResponses;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.MemberAuthentication;
import org.wasl.node.identity.Pseudonyms;
import org.wasl.routes.event.EventDraft;
import org.wasl.routes.event.EventNode;
import org.wasl.routes.event.Publication;
import org.wasl.routes.event.ReceivedEvents;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.CurrentRegistry;

/** Events for agencies' systems: publishing their own, and reading what they subscribed to. */
@RestController
public final class EventsController {

    private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]{0,2}");
    private static final Pattern XML =
            Pattern.compile("application/xml *(; *charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
    private static final String USUAL_LIMIT = "100";
    private static final int LIMIT_MAX = 500;

    private final EventNode events;
    private final CurrentRegistry registry;
    private final Pseudonyms pseudonyms;
    private final EventJson json;
    private final EventStreams streams;

    public EventsController(
            EventNode events, CurrentRegistry registry, Pseudonyms pseudonyms, EventJson json, EventStreams streams) {
        this.events = events;
        this.registry = registry;
        this.pseudonyms = pseudonyms;
        this.json = json;
        this.streams = streams;
    }

    /** Publishes one event under the agency's own key, {@code X-Road-Id}; the same key is the same event. */
    @PostMapping("/events/{instance}/{memberClass}/{member}/{subsystem}/{type}/{version}")
    ResponseEntity<Map<String, Object>> publish(
            @PathVariable String instance,
            @PathVariable String memberClass,
            @PathVariable String member,
            @PathVariable String subsystem,
            @PathVariable String type,
            @PathVariable String version,
            MemberAuthentication certified,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        RequestHeaders headers = new RequestHeaders(request);
        String key = headers.required("X-Road-Id");
        response.setHeader("X-Road-Id", key);
        AgencyClient client = AgencyClient.of(headers, certified.getPrincipal(), registry.get());
        AgencyAddress address = AgencyAddress.of(instance, memberClass, member, subsystem, type, version);
        if (!address.subsystem().equals(client.subsystem())) {
            throw new RefusedException(
                    FaultCode.CLIENT_MISMATCH,
                    "A subsystem publishes its own events, and X-Road-Client names another.");
        }
        if (!VERSION.matcher(version).matches()) {
            throw new RefusedException(FaultCode.EVENT_TYPE_UNKNOWN, "An event type's version is v1, v2, and so on.");
        }
        requireXml(request);
        ServiceId published = client.subsystem().service(type, Integer.parseInt(version.substring(1)));
        Publication publication = events.publisher()
                .publish(new EventDraft(
                        published,
                        key,
                        request.getInputStream().readAllBytes(),
                        client.actor(pseudonyms),
                        client.issue().orElse(null),
                        ProblemResponses.locale(request)));
        if (publication instanceof Publication.Refused refused) {
            throw new RefusedException(refused.fault(), null);
        }
        Publication.Published event = (Publication.Published) publication;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("eventId", event.eventId().toString());
        body.put("position", event.position());
        body.put("repeated", event.repeated());
        return event.repeated()
                ? ResponseEntity.ok(body)
                : ResponseEntity.created(URI.create("/containers/" + event.eventId()))
                        .body(body);
    }

    private static void requireXml(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null || !XML.matcher(type).matches()) {
            throw new RefusedException(FaultCode.REQUEST_MEDIA_TYPE, "An event's record is application/xml.");
        }
    }

    /** What this subscriber received, after a number; of one publisher, or the first page of each. */
    @GetMapping(path = "/events", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> received(
            @RequestParam(required = false) @Nullable String publisher,
            @RequestParam(defaultValue = "0") String after,
            @RequestParam(defaultValue = USUAL_LIMIT) String limit,
            MemberAuthentication certified,
            HttpServletRequest request) {
        SubsystemId subscriber = client(certified, request);
        long from = number("after", after);
        long most = number("limit", limit);
        if (most < 1 || most > LIMIT_MAX) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "limit is between 1 and " + LIMIT_MAX + ".");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("subscriber", subscriber.toString());
        List<Map<String, Object>> pages = new ArrayList<>();
        for (SubsystemId of : publishers(subscriber, publisher)) {
            ReceivedEvents.Page page = events.received().after(subscriber, of, from, (int) most);
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("publisher", of.toString());
            one.put("next", page.next());
            one.put("highest", page.highest());
            one.put("events", page.events().stream().map(json::event).toList());
            pages.add(one);
        }
        body.put("publishers", pages);
        return body;
    }

    /** The same as a stream that goes on; {@code Last-Event-ID} is the number to go on after. */
    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(
            @RequestParam(defaultValue = "") String publisher,
            @RequestParam(defaultValue = "0") String after,
            MemberAuthentication certified,
            HttpServletRequest request) {
        SubsystemId subscriber = client(certified, request);
        SubsystemId of = publishers(subscriber, publisher).get(0);
        return streams.open(subscriber, of, request.getHeader("Last-Event-ID"), number("after", after));
    }

    /** Asks the publisher what was missed, by a signed exchange; what that is comes again by itself. */
    @GetMapping(path = "/events/missed", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<Map<String, Object>> missed(
            @RequestParam(defaultValue = "") String publisher,
            MemberAuthentication certified,
            HttpServletRequest request) {
        SubsystemId subscriber = client(certified, request);
        SubsystemId of = publishers(subscriber, publisher).get(0);
        return events.missed(subscriber, of).thenApply(reconciled -> {
            if (reconciled instanceof EventNode.Reconciled.Refused refused) {
                throw new RefusedException(refused.fault(), null);
            }
            EventNode.Reconciled.Known known = (EventNode.Reconciled.Known) reconciled;
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("subscriber", subscriber.toString());
            body.put("publisher", of.toString());
            body.put("received", known.received());
            body.put("highest", known.highest());
            body.put("missing", Math.max(0, known.highest() - known.received()));
            body.put("reply", "/containers/" + known.replyId());
            return body;
        });
    }

    private static long number(String name, String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, name + " must be a number of at most 15 digits.");
        }
        return Long.parseLong(text);
    }

    private SubsystemId client(MemberAuthentication certified, HttpServletRequest request) {
        return AgencyClient.of(new RequestHeaders(request), certified.getPrincipal(), registry.get())
                .subsystem();
    }

    private List<SubsystemId> publishers(SubsystemId subscriber, @Nullable String asked) {
        List<SubsystemId> subscribed = List.copyOf(events.received().publishers(subscriber));
        if (asked == null) {
            return subscribed;
        }
        return subscribed.stream()
                .filter(publisher -> publisher.toString().equals(asked))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new RefusedException(
                        FaultCode.EVENT_NOT_SUBSCRIBED,
                        "The registry has no agreement of yours on an event type of this publisher."));
    }
}
