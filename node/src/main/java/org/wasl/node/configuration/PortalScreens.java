package org.wasl.node.configuration;

import org.springframework.context.annotation.Configuration;

/** The pages of the portal, each by name. */
@Configuration(proxyBeanMethods = false)
class PortalScreens {}
