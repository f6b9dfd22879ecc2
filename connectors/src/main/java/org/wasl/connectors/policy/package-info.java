/** What becomes of failures inside a connector's route: the only place that handles exceptions. */
@NullMarked
package org.wasl.connectors.policy;

import org.jspecify.annotations.NullMarked;
