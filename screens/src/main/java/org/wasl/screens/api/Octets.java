package org.wasl.screens.api;

/**
 * A file of the bus, as it is.
 *
 * @param type its media type
 */
public record Octets(byte[] content, String type) {}
