/** Where leaves and containers are kept: the port, and its back ends SQLite and PostgreSQL. */
@NullMarked
package org.wasl.messagelog.store;

import org.jspecify.annotations.NullMarked;
