package org.wasl.routes.exchange;

/** The keys of Camel exchange properties and message headers, all of them. */
public final class ExchangeProperties {

    /** Exchange property: the {@link Flight} that a submission belongs to. */
    static final String FLIGHT = "wasl.flight";

    /** Exchange property: true for a submission of a durable request that will be sent again if this sending fails. */
    static final String AGAIN = "wasl.again";

    /** Exchange property: the subsystem or member whose queue a message came from. */
    public static final String QUEUE_OWNER = "wasl.queueOwner";

    /**
     * Message header: the consumer's node that waits for the reply. A hint only: it chooses among the nodes that the
     * registry names, and decides nothing else.
     */
    public static final String REPLY_NODE = "waslReplyNode";

    /**
     * Message header: the service that a request asks. A hint only, by which each service's requests are read by threads of
     * their own: a request that says one service here and asks another is refused.
     */
    public static final String SERVICE = "waslService";

    /** Message header of a dead letter that is in the log already: the fault's wire code. */
    static final String LOGGED_FAULT = "waslLoggedFault";

    /**
     * Message header: the container holds a document and is to be written to a file as it comes. A hint only: what comes
     * without it is read into memory, within the same bounds, and judged the same.
     */
    static final String DOCUMENT = "waslDocument";

    /** Exchange property: the {@link org.wasl.security.container.ContainerContent} that is sent instead of the body. */
    static final String CONTENT = "wasl.content";

    /** Exchange property: the service under whose label a request came; none when it had no such label. */
    static final String LABEL = "wasl.label";

    private ExchangeProperties() {}
}
