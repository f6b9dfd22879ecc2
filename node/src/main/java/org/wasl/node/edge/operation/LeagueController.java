package org.wasl.node.edge.operation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.traffic.Counts;
import org.wasl.node.traffic.Traffic;
import org.wasl.node.watch.Thresholds;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;

/** Which agencies keep the service level that they declared, and which do not. */
@RestController
public final class LeagueController {

    private static final int SHARE_DIGITS = 4;
    private static final double HALF = 0.5;
    private static final double MOST = 0.95;
    private static final int HUNDRED = 100;

    private final Traffic traffic;
    private final CurrentRegistry registry;
    private final Thresholds thresholds;
    private final Clock clock;

    public LeagueController(Traffic traffic, CurrentRegistry registry, Thresholds thresholds, Clock clock) {
        this.traffic = traffic;
        this.registry = registry;
        this.thresholds = thresholds;
        this.clock = clock;
    }

    @GetMapping(path = "/operation/league", produces = MediaType.APPLICATION_JSON_VALUE)
    LeagueView league(@RequestParam(defaultValue = "24") String hours) {
        int period = hours.matches("[0-9]{1,3}") ? Integer.parseInt(hours) : 0;
        if (period < 1 || period > Traffic.HOURS) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "hours must be 1 to " + Traffic.HOURS + ".");
        }
        Registry current = registry.get();
        Map<MemberId, Map<ServiceId, Counts>> agencies = new TreeMap<>();
        traffic.lastHours(period)
                .forEach((service, counts) -> agencies.computeIfAbsent(service.member(), first -> new TreeMap<>())
                        .put(service, counts));
        List<LeagueView.Standing> standings = new ArrayList<>();
        agencies.forEach((agency, services) -> standings.add(standing(current, agency, services)));
        standings.sort(Comparator.comparing((LeagueView.Standing standing) -> standing.share() == null)
                .thenComparing(standing -> share(standing), Comparator.reverseOrder())
                .thenComparing(LeagueView.Standing::p95Millis));
        return new LeagueView(
                traffic.from(period),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                thresholds.withinPercent(),
                thresholds.least(),
                standings);
    }

    private static BigDecimal share(LeagueView.Standing standing) {
        String share = standing.share();
        return share == null ? BigDecimal.ZERO : new BigDecimal(share);
    }

    private LeagueView.Standing standing(Registry current, MemberId agency, Map<ServiceId, Counts> services) {
        Counts all = new Counts();
        services.values().forEach(all::add);
        List<LeagueView.ServiceStanding> each = new ArrayList<>();
        services.forEach((id, counts) -> each.add(new LeagueView.ServiceStanding(
                id.toString(),
                Totals.names(current.service(id).map(Service::name).orElseGet(() -> itself(id))),
                current.service(id)
                        .map(Service::serviceLevel)
                        .map(Duration::toMillis)
                        .orElse(null),
                counts.answered() + counts.failed(),
                counts.failed(),
                counts.promised(),
                counts.within(),
                share(counts),
                counts.within(HALF).toMillis(),
                counts.within(MOST).toMillis())));
        return new LeagueView.Standing(
                agency.toString(),
                Totals.names(current.member(agency).map(Member::name).orElseGet(() -> itself(agency))),
                all.answered() + all.failed(),
                all.failed(),
                all.promised(),
                all.within(),
                share(all),
                verdict(all),
                all.within(HALF).toMillis(),
                all.within(MOST).toMillis(),
                each);
    }

    private String verdict(Counts counts) {
        if (counts.promised() == 0) {
            return "NOT_DECLARED";
        }
        if (counts.promised() < thresholds.least()) {
            return "TOO_FEW";
        }
        return counts.within() * HUNDRED >= (long) thresholds.withinPercent() * counts.promised() ? "KEPT" : "BROKEN";
    }

    private static @Nullable String share(Counts counts) {
        return counts.promised() == 0
                ? null
                : BigDecimal.valueOf(counts.within())
                        .divide(BigDecimal.valueOf(counts.promised()), SHARE_DIGITS, RoundingMode.DOWN)
                        .toPlainString();
    }

    private static Label itself(Object id) {
        return new Label(id.toString(), id.toString());
    }
}
