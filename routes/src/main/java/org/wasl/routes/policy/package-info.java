/** What happens to an exchange when a step fails: the one place that catches. */
@NullMarked
package org.wasl.routes.policy;

import org.jspecify.annotations.NullMarked;
