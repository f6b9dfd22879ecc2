/** Whether what was promised was kept: the ledger, the back-ends' books and the logs compared. */
@NullMarked
package org.wasl.faults.check;

import org.jspecify.annotations.NullMarked;
