package org.wasl.node.configuration;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the agencies' own connector declarations refer to ({@code wasl.connectors.*}).
 *
 * @param properties their properties, by name
 */
@ConfigurationProperties("wasl.connectors")
public record BackEndProperties(@DefaultValue Map<String, String> properties) {

    public BackEndProperties {
        properties = Map.copyOf(properties);
    }
}
