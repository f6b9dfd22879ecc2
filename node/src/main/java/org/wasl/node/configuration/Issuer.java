package org.wasl.node.configuration;

import java.net.URI;

/**
 * Whose tokens are taken.
 *
 * @param uri the issuer's identifier, and where it is found
 * @param name its name in assertions and for identifiers of people, which outlives a change of address
 * @param embedded whether that is this node
 */
record Issuer(String uri, URI name, boolean embedded) {}
