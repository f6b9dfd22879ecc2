package org.wasl.node.configuration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.commit.LogListener;

/** Tells the operator what the message log cannot tell by itself. */
final class LogAlarm implements LogListener {

    private static final Logger LOG = LoggerFactory.getLogger(LogAlarm.class);

    private final Runnable afterwards;

    /** @param afterwards what to do once the operator was told that the log has failed for good */
    LogAlarm(Runnable afterwards) {
        this.afterwards = afterwards;
    }

    @Override
    public void failed(LogUnavailableException cause) {
        LOG.error("the message log has failed: nothing leaves this node until it is restarted", cause);
        afterwards.run();
    }

    @Override
    public void overloaded() {
        LOG.warn("the message log is full: requests are being refused");
    }
}
