package org.wasl.node.configuration;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.wasl.messagelog.MessageLog;
import org.wasl.routes.broker.Broker;
import org.wasl.routes.exchange.ExchangeNode;

/** Whether the bus can do its work: it cannot without its log, nor without its broker. */
final class BusHealth implements HealthIndicator {

    private final MessageLog log;
    private final Broker broker;
    private final ExchangeNode exchange;

    BusHealth(MessageLog log, Broker broker, ExchangeNode exchange) {
        this.log = log;
        this.broker = broker;
        this.exchange = exchange;
    }

    @Override
    public Health health() {
        boolean up = log.available() && broker.running() && !exchange.halted();
        return (up ? Health.up() : Health.down()).build();
    }
}
