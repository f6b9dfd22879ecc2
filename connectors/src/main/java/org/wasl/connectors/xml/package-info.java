/** Makes XML documents of rows and JSON, with a Saxon that reaches nothing outside. */
@NullMarked
package org.wasl.connectors.xml;

import org.jspecify.annotations.NullMarked;
