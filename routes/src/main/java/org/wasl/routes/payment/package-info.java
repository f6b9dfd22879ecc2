/** Joint payment orders: what a logged answer says is owed, paid once at a gateway, settled with each agency exactly once. */
@NullMarked
package org.wasl.routes.payment;

import org.jspecify.annotations.NullMarked;
