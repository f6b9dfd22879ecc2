package org.wasl.routes.composite;

import net.sf.saxon.s9api.XdmNode;

/**
 * A record that a source answered with.
 *
 * @param octets as the source signed them
 * @param root the same, for expressions
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
record SourceRecord(byte[] octets, XdmNode root) {}
