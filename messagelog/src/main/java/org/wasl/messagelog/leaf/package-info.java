/** What a leaf of the log is: its fields, its octets, the keyed hash of a subject and the commitment to a container. */
@NullMarked
package org.wasl.messagelog.leaf;

import org.jspecify.annotations.NullMarked;
