/** Names of members, subsystems and services, in X-Road's form. */
@NullMarked
package org.wasl.schemas.identifier;

import org.jspecify.annotations.NullMarked;
