/** The auditor's edge: searching the log's metadata, reading one request's history, and opening content with a reason. */
@NullMarked
package org.wasl.node.edge.audit;

import org.jspecify.annotations.NullMarked;
