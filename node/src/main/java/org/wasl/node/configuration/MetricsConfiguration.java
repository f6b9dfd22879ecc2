package org.wasl.node.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.node.traffic.ExchangeMeters;
import org.wasl.node.traffic.Traffic;
import org.wasl.security.registry.CurrentRegistry;

/** What is counted of exchanges, and where it is sent. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    @Bean
    Traffic traffic(CurrentRegistry registry, Clock clock) {
        return new Traffic(registry, clock);
    }

    @Bean
    ExchangeMeters exchangeMeters(MeterRegistry meters, CurrentRegistry registry) {
        return new ExchangeMeters(meters, registry);
    }

    /** To an OpenTelemetry collector; there is none until one is named. */
    @Bean
    @ConditionalOnProperty("wasl.metrics.otlp-url")
    OtlpMeterRegistry otlpMeterRegistry(MetricsProperties metrics, NodeProperties node) {
        String url = Objects.requireNonNull(metrics.otlpUrl()).toString();
        return new OtlpMeterRegistry(
                new OtlpConfig() {
                    @Override
                    public String url() {
                        return url;
                    }

                    @Override
                    public Duration step() {
                        return metrics.otlpInterval();
                    }

                    @Override
                    public Map<String, String> resourceAttributes() {
                        return Map.of("service.name", "wasl", "service.instance.id", node.id());
                    }

                    @Override
                    public @Nullable String get(String key) {
                        return null;
                    }
                },
                io.micrometer.core.instrument.Clock.SYSTEM);
    }
}
