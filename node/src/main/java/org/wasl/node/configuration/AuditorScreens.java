package org.wasl.node.configuration;

import org.springframework.context.annotation.Configuration;

/** The pages of the auditors' console, each by name. */
@Configuration(proxyBeanMethods = false)
class AuditorScreens {}
