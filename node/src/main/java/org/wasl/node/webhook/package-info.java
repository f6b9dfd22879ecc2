/** Late answers handed to the systems of those who asked: signed, tried again, and never lost from sight. */
@NullMarked
package org.wasl.node.webhook;

import org.jspecify.annotations.NullMarked;
