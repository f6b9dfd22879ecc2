/** The broker, embedded or standing alone, its queues and the ways to it. */
@NullMarked
package org.wasl.routes.broker;

import org.jspecify.annotations.NullMarked;
