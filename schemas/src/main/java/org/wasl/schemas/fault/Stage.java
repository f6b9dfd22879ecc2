package org.wasl.schemas.fault;

import java.util.Locale;

/** The step of the flow at which a fault arose, in the order of the flow. */
public enum Stage {
    /** Reading what came in at an HTTP edge. */
    EDGE,
    /** Building the request. */
    BUILD,
    /** Asking the agreements, on either side. */
    AUTHORIZE,
    /** Signing. */
    SIGN,
    /** Writing to the message log. */
    LOG,
    /** Handing over to, or waiting for, the broker. */
    TRANSPORT,
    /** Opening the container: zip, structure, parsing. */
    OPEN,
    /** Verifying signature, certificate and time. */
    VERIFY,
    /** Looking for a replay. */
    REPLAY,
    /** Asking the agency's back-end. */
    CONNECTOR,
    /** Mapping what the back-end answered to the shared schema. */
    MAP,
    /** Cutting the record to the released fields. */
    MINIMISE,
    /** Validating the record against its schema. */
    VALIDATE,
    /** Matching a reply to its request by signed fields. */
    BIND,
    /** Composing the answers of several exchanges. */
    COMPOSE;

    /** The name on the wire and in problems: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
