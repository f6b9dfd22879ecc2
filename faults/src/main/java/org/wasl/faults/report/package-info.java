/** What a run says of itself, as Markdown and JSON. */
@NullMarked
package org.wasl.faults.report;

import org.jspecify.annotations.NullMarked;
