package org.wasl.node.configuration;

import java.util.Map;

/**
 * What connector declarations may refer to.
 *
 * @param properties their properties, by name
 */
record BackEnds(Map<String, String> properties) {

    BackEnds {
        properties = Map.copyOf(properties);
    }
}
