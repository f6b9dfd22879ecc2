/** What an operator may do with the sample agencies: see them, stop them, start them, slow them down. */
@NullMarked
package org.wasl.node.edge.samples;

import org.jspecify.annotations.NullMarked;
