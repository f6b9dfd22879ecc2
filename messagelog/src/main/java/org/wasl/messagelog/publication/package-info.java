/** Publishing the log's tree so that others hold its operator to it: checkpoints, tiles, and witnesses that are asked. */
@NullMarked
package org.wasl.messagelog.publication;

import org.jspecify.annotations.NullMarked;
