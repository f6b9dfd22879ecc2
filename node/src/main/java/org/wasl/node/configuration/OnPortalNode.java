package org.wasl.node.configuration;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** What only a node has that offers people pages and, unless another is configured, an issuer. */
final class OnPortalNode implements Condition {

    static final String ENABLED = "wasl.edge.portal.enabled";

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return context.getEnvironment().getProperty(ENABLED, Boolean.class, true);
    }
}
