/** The conformance kit: tells an agency what is wrong with its connector, step by step. */
@NullMarked
package org.wasl.connectors.check;

import org.jspecify.annotations.NullMarked;
