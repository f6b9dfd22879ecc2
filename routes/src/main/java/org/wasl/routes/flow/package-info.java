/** What the flows have in common: steps over records, the log as they write it, and signed answers. */
@NullMarked
package org.wasl.routes.flow;

import org.jspecify.annotations.NullMarked;
