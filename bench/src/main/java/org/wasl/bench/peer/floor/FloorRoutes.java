package org.wasl.bench.peer.floor;

import org.apache.camel.builder.RouteBuilder;

/** One route asks, one answers. */
final class FloorRoutes extends RouteBuilder {

    static final String REQUESTS = "peer.floor.request";
    static final String ASK = "direct:ask";
    static final int CONSUMERS = 16;
    static final int REPLY_CONSUMERS = 8;

    private final boolean durable;
    private final byte[] record;

    FloorRoutes(boolean durable, byte[] record) {
        this.durable = durable;
        this.record = record;
    }

    @Override
    public void configure() {
        String queue = "jms:queue:" + REQUESTS;
        String durability = "&deliveryPersistent=" + durable + "&replyToDeliveryPersistent=" + durable;
        from(ASK)
                .routeId("floor.ask")
                .to(queue + "?exchangePattern=InOut&replyToType=Temporary&replyToConcurrentConsumers=" + REPLY_CONSUMERS
                        + durability)
                .id("send-request");
        from(queue + "?concurrentConsumers=" + CONSUMERS + durability)
                .routeId("floor.answer")
                .setBody(constant(record))
                .id("answer");
    }
}
