package org.wasl.node.configuration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.screens.verify.VerifyPages;

/** The pages of the verify page, each by name. */
@Configuration(proxyBeanMethods = false)
class VerifyScreens {

    @Bean
    VerifyPages verifyPages() {
        return new VerifyPages();
    }
}
