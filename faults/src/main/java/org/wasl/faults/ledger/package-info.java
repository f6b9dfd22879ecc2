/** What callers asked and were told, kept outside of what is tested. */
@NullMarked
package org.wasl.faults.ledger;

import org.jspecify.annotations.NullMarked;
