/** What people see of who used their data. */
@NullMarked
package org.wasl.screens.citizen;

import org.jspecify.annotations.NullMarked;
