/** Asks back-ends by JDBC, REST, SOAP and SFTP, and makes XML of what they answer. */
@NullMarked
package org.wasl.connectors.backend;

import org.jspecify.annotations.NullMarked;
