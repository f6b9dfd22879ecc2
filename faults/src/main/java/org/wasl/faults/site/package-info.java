/** What is tested: processes, their data and how they are reached. */
@NullMarked
package org.wasl.faults.site;

import org.jspecify.annotations.NullMarked;
