package org.wasl.node.edge.operation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.statistics.RequestCounter;
import org.wasl.node.statistics.Unfinished;
import org.wasl.node.traffic.Counts;
import org.wasl.node.traffic.Flow;
import org.wasl.node.traffic.Traffic;
import org.wasl.node.watch.VitalSigns;
import org.wasl.node.watch.Vitals;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;

/** What goes on in this node, for operators. */
@RestController
public final class OverviewController {

    private final Traffic traffic;
    private final VitalSigns signs;
    private final RequestCounter counter;
    private final CurrentRegistry registry;

    public OverviewController(Traffic traffic, VitalSigns signs, RequestCounter counter, CurrentRegistry registry) {
        this.traffic = traffic;
        this.signs = signs;
        this.counter = counter;
        this.registry = registry;
    }

    @GetMapping(path = "/operation/overview", produces = MediaType.APPLICATION_JSON_VALUE)
    OverviewView overview() {
        Vitals vitals = signs.read();
        Unfinished unfinished = counter.unfinished();
        Map<Flow, Counts> flows = traffic.lastMinutes();
        Counts total = new Counts();
        flows.values().forEach(total::add);
        Registry current = registry.get();
        return new OverviewView(
                vitals.at(),
                traffic.since(),
                Traffic.MINUTES,
                Totals.of(total),
                series(vitals.at()),
                agencies(current, flows),
                flows(flows),
                services(current, flows),
                errors(total),
                vitals.queues().entrySet().stream()
                        .map(queue -> new OverviewView.Queue(queue.getKey(), queue.getValue()))
                        .toList(),
                backEnds(vitals),
                new OverviewView.Log(
                        vitals.logAvailable(),
                        vitals.logLeaves(),
                        vitals.logBytes(),
                        vitals.uncovered().toSeconds(),
                        vitals.unstamped().toSeconds(),
                        vitals.diskFree(),
                        vitals.diskTotal()),
                new OverviewView.Waiting(
                        vitals.inFlight(),
                        vitals.owed(),
                        vitals.awaited(),
                        unfinished.deadLetters().size(),
                        unfinished.undelivered().size()),
                new OverviewView.RegistryView(vitals.registryVersion(), vitals.registryExpires()),
                vitals.expiring().stream()
                        .map(end -> new OverviewView.Ending(end.kind().name(), end.name(), end.ends()))
                        .toList());
    }

    private List<OverviewView.Minute> series(Instant now) {
        List<Counts> minutes = traffic.byMinute(flow -> true);
        Instant at = now.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(minutes.size() - 1L));
        List<OverviewView.Minute> series = new ArrayList<>();
        for (Counts minute : minutes) {
            Totals totals = Totals.of(minute);
            series.add(new OverviewView.Minute(
                    at, totals.asked(), totals.failed(), totals.p50Millis(), totals.p95Millis()));
            at = at.plus(1, ChronoUnit.MINUTES);
        }
        return series;
    }

    private static List<OverviewView.Agency> agencies(Registry current, Map<Flow, Counts> flows) {
        Map<MemberId, Counts> asked = sums(flows, flow -> flow.service().member());
        Map<MemberId, Counts> asks = sums(flows, Flow::consumer);
        return current.members().stream()
                .map(member -> new OverviewView.Agency(
                        member.id().toString(),
                        Totals.names(member.name()),
                        Totals.of(asked.getOrDefault(member.id(), new Counts())),
                        asks.getOrDefault(member.id(), new Counts()).asked()))
                .toList();
    }

    private static List<OverviewView.FlowView> flows(Map<Flow, Counts> flows) {
        Map<List<MemberId>, Counts> pairs = new TreeMap<>(Comparator.comparing(Object::toString));
        flows.forEach((flow, counts) -> pairs.computeIfAbsent(
                        List.of(flow.consumer(), flow.service().member()), first -> new Counts())
                .add(counts));
        return pairs.entrySet().stream()
                .map(pair -> new OverviewView.FlowView(
                        pair.getKey().get(0).toString(), pair.getKey().get(1).toString(), Totals.of(pair.getValue())))
                .toList();
    }

    private static List<OverviewView.ServiceView> services(Registry current, Map<Flow, Counts> flows) {
        List<OverviewView.ServiceView> services = new ArrayList<>();
        sums(flows, Flow::service).forEach((id, counts) -> services.add(service(current, id, counts)));
        return services;
    }

    private static OverviewView.ServiceView service(Registry current, ServiceId id, Counts counts) {
        return new OverviewView.ServiceView(
                id.toString(),
                Totals.names(current.service(id)
                        .map(Service::name)
                        .orElseGet(() -> new Label(id.toString(), id.toString()))),
                id.member().toString(),
                Totals.of(counts),
                current.service(id)
                        .map(Service::serviceLevel)
                        .map(Duration::toMillis)
                        .orElse(null));
    }

    private static List<OverviewView.Error> errors(Counts total) {
        Map<FaultCode, Long> faults = new EnumMap<>(FaultCode.class);
        faults.putAll(total.faults());
        return faults.entrySet().stream()
                .sorted(Map.Entry.<FaultCode, Long>comparingByValue().reversed())
                .map(fault -> new OverviewView.Error(
                        fault.getKey().wireCode(),
                        Map.of(
                                "ar", fault.getKey().arabic(),
                                "en", fault.getKey().english()),
                        fault.getKey().category().name(),
                        Objects.requireNonNull(fault.getValue())))
                .toList();
    }

    private static List<OverviewView.BackEnd> backEnds(Vitals vitals) {
        return vitals.backEnds().stream()
                .map(backEnd -> new OverviewView.BackEnd(
                        backEnd.connector(),
                        backEnd.service().toString(),
                        backEnd.service().member().toString(),
                        backEnd.breaker().name(),
                        backEnd.calls(),
                        backEnd.failed(),
                        backEnd.slow(),
                        backEnd.underWay(),
                        backEnd.concurrent()))
                .toList();
    }

    private static <K extends Comparable<K>> Map<K, Counts> sums(Map<Flow, Counts> flows, Function<Flow, K> key) {
        Map<K, Counts> sums = new TreeMap<>();
        flows.forEach((flow, counts) ->
                sums.computeIfAbsent(key.apply(flow), first -> new Counts()).add(counts));
        return sums;
    }
}
