package org.wasl.node.configuration;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.connectors.template.BackEndState;
import org.wasl.connectors.template.CamelConnectors;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.publication.CheckpointPublisher;
import org.wasl.messagelog.publication.TimeStamper;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.statistics.RequestCounter;
import org.wasl.node.watch.VitalSigns;
import org.wasl.node.watch.Vitals;
import org.wasl.routes.broker.Broker;
import org.wasl.routes.exchange.ExchangeNode;
import org.wasl.security.registry.Expiring;
import org.wasl.security.registry.RegistryFiles;

/** How it stands with the running node, for operators and for their meters. */
@Configuration(proxyBeanMethods = false)
class VitalsConfiguration {

    @Bean
    VitalSigns vitalSigns(
            DataDirectory directory,
            MessageLog log,
            CheckpointPublisher publisher,
            TimeStamper stamper,
            Broker broker,
            ExchangeNode exchange,
            CamelConnectors connectors,
            RegistryFiles registry,
            CertificateWatch certificates,
            Clock clock) {
        return new MeasuredVitals(
                new MeasuredVitals.Parts(
                        directory, log, publisher, stamper, broker, exchange, connectors, registry, certificates),
                clock);
    }

    /** What an operator's alarms are set on. */
    @Bean
    MeterBinder busMeters(ExchangeNode exchange, VitalSigns signs, RequestCounter counter) {
        return meters -> {
            FunctionCounter.builder("wasl.dead.letters", exchange, ExchangeNode::deadLetters)
                    .description("messages that nobody could process, since the start")
                    .register(meters);
            Gauge.builder("wasl.exchanges.in.flight", exchange, ExchangeNode::inFlight)
                    .description("exchanges that wait for their answer")
                    .register(meters);
            Gauge.builder("wasl.deferrals.owed", exchange, ExchangeNode::owedAnswers)
                    .description("answers that this node's providers announced for later")
                    .register(meters);
            Gauge.builder("wasl.deferrals.awaited", exchange, ExchangeNode::awaitedAnswers)
                    .description("answers that this node's consumers were promised for later")
                    .register(meters);
            Gauge.builder("wasl.webhooks.undelivered", counter, from -> from.unfinished()
                            .undelivered()
                            .size())
                    .description("late answers that could not be handed on")
                    .register(meters);
            gauge(meters, signs, "wasl.log.leaves", "leaves of the message log", Vitals::logLeaves);
            gauge(meters, signs, "wasl.log.size.bytes", "what its database takes of the disk", Vitals::logBytes);
            gauge(
                    meters,
                    signs,
                    "wasl.log.available",
                    "1 while it can be written",
                    vitals -> vitals.logAvailable() ? 1 : 0);
            gauge(meters, signs, "wasl.data.free.bytes", "free where the data directory is", Vitals::diskFree);
            gauge(meters, signs, "wasl.data.total.bytes", "the size of that disk", Vitals::diskTotal);
        };
    }

    private static void gauge(
            MeterRegistry meters, VitalSigns signs, String name, String text, ToDoubleFunction<Vitals> value) {
        Gauge.builder(name, signs, from -> value.applyAsDouble(from.read()))
                .description(text)
                .register(meters);
    }

    /** One for each kind of what trust rests on: how long until the first of them ends. */
    @Bean
    MeterBinder expiryMeters(VitalSigns signs) {
        return meters -> {
            for (Expiring.Kind kind : Expiring.Kind.values()) {
                Gauge.builder("wasl.expiry.left", signs, from -> left(from.read(), kind))
                        .description("how long until the first thing of this kind ends, within 400 days")
                        .baseUnit("seconds")
                        .tag("kind", kind.name().toLowerCase(java.util.Locale.ROOT))
                        .register(meters);
            }
        };
    }

    private static double left(Vitals vitals, Expiring.Kind kind) {
        return vitals.expiring().stream()
                .filter(end -> end.kind() == kind)
                .mapToDouble(end -> Duration.between(vitals.at(), end.ends()).toSeconds())
                .min()
                .orElse(Double.NaN);
    }

    /** Of connectors, whose number is fixed at the start. */
    @Bean
    MeterBinder breakerMeters(CamelConnectors connectors, VitalSigns signs) {
        return meters -> connectors.services().forEach(service -> {
            Gauge.builder("wasl.breaker.state", signs, from -> state(from.read(), service.toString()))
                    .description("0 lets questions to the back-end through, 1 a few, 2 none")
                    .tag("service", service.toString())
                    .register(meters);
            Gauge.builder("wasl.backend.under.way", signs, from -> underWay(from.read(), service.toString()))
                    .description("questions that the back-end is being asked now")
                    .tag("service", service.toString())
                    .register(meters);
        });
    }

    private static double state(Vitals vitals, String service) {
        return vitals.backEnds().stream()
                .filter(backEnd -> backEnd.service().toString().equals(service))
                .mapToInt(backEnd -> backEnd.breaker().ordinal())
                .findFirst()
                .orElse(BackEndState.Breaker.CLOSED.ordinal());
    }

    private static double underWay(Vitals vitals, String service) {
        return vitals.backEnds().stream()
                .filter(backEnd -> backEnd.service().toString().equals(service))
                .mapToInt(BackEndState::underWay)
                .findFirst()
                .orElse(0);
    }

    /** A gauge for each queue, by the registry's version in force. */
    @Bean
    QueueMeters queueMeters(MeterRegistry meters, VitalSigns signs, Broker broker, RegistryAnnouncements news) {
        QueueMeters queues = new QueueMeters(meters, signs, broker);
        news.watch(queues::declare);
        return queues;
    }
}
