package org.wasl.node.configuration;

import org.springframework.context.annotation.Configuration;

/** The pages of the citizens' log, each by name. */
@Configuration(proxyBeanMethods = false)
class CitizenScreens {}
