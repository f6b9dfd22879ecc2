package org.wasl.node.configuration;

import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.wasl.security.registry.Expiring;

/**
 * What ends soon, as details for the operator. The node is as healthy as before until it has ended: then messages are
 * refused, which the bus itself says.
 */
final class ExpiryHealth implements HealthIndicator {

    private final CertificateWatch watch;

    ExpiryHealth(CertificateWatch watch) {
        this.watch = watch;
    }

    @Override
    public Health health() {
        List<Map<String, String>> soon =
                watch.expiring().stream().map(ExpiryHealth::document).toList();
        return Health.up().withDetail("expiring", soon).build();
    }

    private static Map<String, String> document(Expiring expiring) {
        return Map.of(
                "kind", expiring.kind().name(),
                "name", expiring.name(),
                "ends", expiring.ends().toString());
    }
}
