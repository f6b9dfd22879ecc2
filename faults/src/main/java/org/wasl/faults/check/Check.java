package org.wasl.faults.check;

import java.util.List;

/** One way in which a run may have broken a promise. */
interface Check {

    List<Violation> violations(Evidence evidence);
}
