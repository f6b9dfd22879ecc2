package org.wasl.node.configuration;

/**
 * Whose tokens are taken.
 *
 * @param uri the issuer's identifier, and where it is found
 * @param embedded whether that is this node
 */
record Issuer(String uri, boolean embedded) {}
