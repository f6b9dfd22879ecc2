package org.wasl.node.configuration;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.screens.citizen.MyDataPages;
import org.wasl.screens.frame.Moments;

/** The pages of the citizens' log, each by name. */
@Configuration(proxyBeanMethods = false)
class CitizenScreens {

    /** The auditors' office hours and the pages' times are of one country. */
    @Bean
    Moments moments(AuditProperties audit) {
        return new Moments(audit.timeZone());
    }

    @Bean
    MyDataPages myDataPages(Moments moments, Clock clock) {
        return new MyDataPages(moments, clock);
    }
}
