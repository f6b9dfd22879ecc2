/** Signed SOAP by Apache CXF and WSS4J, both messages stored by both sides. */
@NullMarked
package org.wasl.bench.peer.cxf;

import org.jspecify.annotations.NullMarked;
