package org.wasl.node.edge.audit;

import java.time.Duration;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.Label;

/**
 * What audits may do, and in whose name.
 *
 * @param member on whose behalf audits are logged
 * @param bodyCode the code of the body that audits, as people are told
 * @param body its name
 * @param pageMax how many leaves a page may have
 * @param scanMax how many leaves are looked at for one page
 * @param investigationEmbargo for how long a person is not told of a search under an investigation
 */
public record AuditSettings(
        MemberId member, String bodyCode, Label body, int pageMax, int scanMax, Duration investigationEmbargo) {}
