/** Tests of the harness itself. */
package org.wasl.faults;
