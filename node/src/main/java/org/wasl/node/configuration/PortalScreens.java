package org.wasl.node.configuration;

import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.screens.api.BusClient;
import org.wasl.screens.portal.PaymentPages;
import org.wasl.screens.portal.RequestPages;
import org.wasl.screens.portal.ServicePages;
import org.wasl.screens.portal.Words;

/** The pages of the portal, each by name. */
@Configuration(proxyBeanMethods = false)
class PortalScreens {

    @Bean
    Words portalWords(BusClient client) {
        return new Words(client);
    }

    @Bean
    ServicePages servicePages(Words words) {
        return new ServicePages(words);
    }

    @Bean
    RequestPages requestPages(Words words, MessageSource screenTexts, ScreenProperties screens) {
        return new RequestPages(words, screenTexts, screens.streams(), screens.streamLongest());
    }

    @Bean
    PaymentPages paymentPages(Words words) {
        return new PaymentPages(words);
    }
}
