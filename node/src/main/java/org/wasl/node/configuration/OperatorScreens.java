package org.wasl.node.configuration;

import org.springframework.context.annotation.Configuration;

/** The pages of the operators' console, each by name. */
@Configuration(proxyBeanMethods = false)
class OperatorScreens {}
