/** Joint payment orders over HTTP: for those who pay, for the gateway that tells of payments, and for who reconciles. */
@NullMarked
package org.wasl.node.edge.payment;

import org.jspecify.annotations.NullMarked;
