package org.wasl.agencies.declared;

import java.util.Map;
import org.wasl.agencies.server.AgencyServer;

/** A declared back-end's server. */
interface DeclaredServer extends AgencyServer {

    /** What connectors' declarations refer to, once it was started. */
    Map<String, String> properties();
}
