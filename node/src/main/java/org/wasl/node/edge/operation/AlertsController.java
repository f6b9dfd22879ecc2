package org.wasl.node.edge.operation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.statistics.RequestCounter;
import org.wasl.node.traffic.Traffic;
import org.wasl.node.watch.Alert;
import org.wasl.node.watch.Alerts;
import org.wasl.node.watch.VitalSigns;
import org.wasl.node.watch.Vitals;

/** What an operator has to look at. */
@RestController
public final class AlertsController {

    private final Alerts alerts;
    private final VitalSigns signs;
    private final Traffic traffic;
    private final RequestCounter counter;
    private final DeadLetterList deadLetters;

    public AlertsController(
            Alerts alerts, VitalSigns signs, Traffic traffic, RequestCounter counter, DeadLetterList deadLetters) {
        this.alerts = alerts;
        this.signs = signs;
        this.traffic = traffic;
        this.counter = counter;
        this.deadLetters = deadLetters;
    }

    /** What somebody has to look at, the urgent first. */
    record View(Instant asOf, List<AlertView> alerts) {}

    record AlertView(
            String kind,
            String severity,
            Map<String, String> title,
            String subject,
            long measured,
            long threshold,
            String unit,
            Instant since) {

        static AlertView of(Alert alert) {
            return new AlertView(
                    alert.kind().name(),
                    alert.severity().name(),
                    Totals.names(alert.kind().label()),
                    alert.subject(),
                    alert.measured(),
                    alert.threshold(),
                    alert.unit(),
                    alert.since());
        }
    }

    @GetMapping(path = "/operation/alerts", produces = MediaType.APPLICATION_JSON_VALUE)
    View active() {
        Vitals vitals = signs.read();
        return new View(
                vitals.at(),
                alerts
                        .of(
                                vitals,
                                traffic,
                                deadLetters.lately(vitals.at()),
                                counter.unfinished().undelivered().size())
                        .stream()
                        .map(AlertView::of)
                        .toList());
    }
}
