package org.wasl.node.configuration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.screens.auditor.Console;
import org.wasl.screens.auditor.RequestPages;
import org.wasl.screens.auditor.SearchPages;
import org.wasl.screens.auditor.WatchPages;
import org.wasl.screens.frame.Moments;

/** The pages of the auditors' console, each by name. */
@Configuration(proxyBeanMethods = false)
class AuditorScreens {

    @Bean
    Console auditorConsole(Moments moments) {
        return new Console(moments);
    }

    @Bean
    SearchPages auditorSearchPages(Console console) {
        return new SearchPages(console);
    }

    @Bean
    RequestPages auditorRequestPages(Console console) {
        return new RequestPages(console);
    }

    @Bean
    WatchPages auditorWatchPages(Console console) {
        return new WatchPages(console);
    }
}
