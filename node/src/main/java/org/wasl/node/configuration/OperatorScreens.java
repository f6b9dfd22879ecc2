package org.wasl.node.configuration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.screens.operator.OperatorPages;
import org.wasl.screens.operator.RepairPages;

/** The pages of the operators' console, each by name. */
@Configuration(proxyBeanMethods = false)
class OperatorScreens {

    @Bean
    OperatorPages operatorPages() {
        return new OperatorPages();
    }

    @Bean
    RepairPages repairPages() {
        return new RepairPages();
    }
}
