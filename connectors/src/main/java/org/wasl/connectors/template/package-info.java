/** The connectors' Camel route templates, and the connectors made of them. */
@NullMarked
package org.wasl.connectors.template;

import org.jspecify.annotations.NullMarked;
