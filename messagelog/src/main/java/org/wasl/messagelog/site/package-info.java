/** What the nodes of one agency share: who ends which request, how often agreements were used, and each other's logs. */
@NullMarked
package org.wasl.messagelog.site;

import org.jspecify.annotations.NullMarked;
