/** The embedded broker, its queues and its connections. */
@NullMarked
package org.wasl.routes.broker;

import org.jspecify.annotations.NullMarked;
