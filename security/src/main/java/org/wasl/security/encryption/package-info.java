/** Payloads that only their receivers can read: XML Encryption, in one shape. */
@NullMarked
package org.wasl.security.encryption;

import org.jspecify.annotations.NullMarked;
