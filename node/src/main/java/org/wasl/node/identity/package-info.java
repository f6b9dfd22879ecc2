/** Who calls: members by certificate, people by bearer token, and the demo issuer of such tokens. */
@NullMarked
package org.wasl.node.identity;

import org.jspecify.annotations.NullMarked;
