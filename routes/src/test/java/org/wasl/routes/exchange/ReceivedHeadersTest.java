package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ReceivedHeadersTest {

    private final ReceivedHeaders headers = new ReceivedHeaders("waslReplyNode");

    @Test
    void process_whenTheSenderSetMore_onlyTheListedOneStays() throws Exception {
        assertThat(left(Map.of("waslReplyNode", "n1", "CamelFileName", "../x", "JMSReplyTo", "q", "camelhttpuri", "u")))
                .isEqualTo(Map.of("waslReplyNode", "n1"));
    }

    @Test
    void process_whenTheListedOneIsMissing_nothingStays() throws Exception {
        assertThat(left(Map.of("CamelBeanMethodName", "exit"))).isEmpty();
    }

    private Map<String, Object> left(Map<String, Object> sent) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().getHeaders().putAll(sent);
            headers.process(exchange);
            return Map.copyOf(exchange.getMessage().getHeaders());
        }
    }
}
