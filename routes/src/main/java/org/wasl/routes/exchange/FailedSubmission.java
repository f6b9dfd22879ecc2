package org.wasl.routes.exchange;

import jakarta.jms.JMSSecurityException;
import org.apache.activemq.artemis.api.core.ActiveMQAddressFullException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.JmsException;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.routes.flow.Ended;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.keys.KeyUnavailableException;

/** Ends a submission whose step failed: the log, the broker, or a bug. */
final class FailedSubmission {

    private static final Logger LOG = LoggerFactory.getLogger(FailedSubmission.class);
    private static final int MAX_CAUSES = 20;

    private final LocalFaults localFaults;
    private final boolean failsOver;

    /** @param failsOver whether another broker takes the place of one that fails */
    FailedSubmission(LocalFaults localFaults, boolean failsOver) {
        this.localFaults = localFaults;
        this.failsOver = failsOver;
    }

    void end(Exchange exchange) {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Flight flight = exchange.getProperty(ExchangeProperties.FLIGHT, Flight.class);
        if (has(cause, JmsException.class) && (isSentAgain(exchange) || waits(flight, cause))) {
            LOG.info("Request {} could not be sent again yet: {}", flight.key(), cause.getMessage());
            flight.notSent();
            exchange.getMessage().setBody(Ended.Done.DONE);
            return;
        }
        LOG.warn("Submission {} failed", flight.key(), cause);
        if (has(cause, LogUnavailableException.class)) {
            localFaults.endUnlogged(flight);
        } else {
            localFaults.end(flight, fault(flight, cause));
        }
        exchange.getMessage().setBody(Ended.Done.DONE);
    }

    private static boolean isSentAgain(Exchange exchange) {
        return exchange.getProperty(ExchangeProperties.AGAIN, false, boolean.class);
    }

    /** Whether a request that is in the log waits for the next broker: it is sent again until its time is up. */
    private boolean waits(Flight flight, Exception cause) {
        return failsOver
                && flight.container().isPresent()
                && !has(cause, ActiveMQAddressFullException.class)
                && !has(cause, JMSSecurityException.class);
    }

    private static Fault fault(Flight flight, Exception cause) {
        if (has(cause, ActiveMQAddressFullException.class)) {
            return LocalFaults.fault(
                    flight, FaultCode.BROKER_FULL, Stage.TRANSPORT, "the provider's queue takes no more requests");
        }
        if (has(cause, JmsException.class)) {
            return LocalFaults.fault(
                    flight, FaultCode.BROKER_UNAVAILABLE, Stage.TRANSPORT, "the broker did not take the request");
        }
        if (has(cause, KeyUnavailableException.class)) {
            return LocalFaults.fault(
                    flight, FaultCode.KEY_UNAVAILABLE, Stage.SIGN, "the consumer's key cannot sign now");
        }
        return LocalFaults.fault(flight, FaultCode.INTERNAL, Stage.TRANSPORT, "an internal error ended the submission");
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
