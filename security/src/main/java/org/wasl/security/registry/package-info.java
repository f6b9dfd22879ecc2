/** The signed registry: members, certificates, services and agreements. */
@NullMarked
package org.wasl.security.registry;

import org.jspecify.annotations.NullMarked;
