package org.wasl.node.configuration;

import java.nio.file.Path;
import java.util.Optional;
import org.wasl.node.data.DataDirectory;

/**
 * What the command line says about the node to start; the rest is configuration.
 *
 * @param directory its data directory
 * @param portalPort the port of the portal's edge
 * @param agencyPort the port of the agencies' edge
 * @param managementPort the port of health and metrics
 * @param configuration a configuration file of the operator's; empty when there is none
 * @param packs the operator's packs; empty when there are none
 * @param demonstration whether the node makes keys, registry and back-ends of its own where none are configured
 */
public record NodeSettings(
        DataDirectory directory,
        int portalPort,
        int agencyPort,
        int managementPort,
        Optional<String> configuration,
        Optional<Path> packs,
        boolean demonstration) {

    /** A node of the demonstration. */
    public NodeSettings(
            DataDirectory directory,
            int portalPort,
            int agencyPort,
            int managementPort,
            Optional<String> configuration,
            Optional<Path> packs) {
        this(directory, portalPort, agencyPort, managementPort, configuration, packs, true);
    }

    /** A node without packs of its operator's. */
    public NodeSettings(
            DataDirectory directory,
            int portalPort,
            int agencyPort,
            int managementPort,
            Optional<String> configuration) {
        this(directory, portalPort, agencyPort, managementPort, configuration, Optional.empty());
    }
}
