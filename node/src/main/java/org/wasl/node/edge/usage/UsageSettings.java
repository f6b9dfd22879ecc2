package org.wasl.node.edge.usage;

/**
 * The bounds of people's lists.
 *
 * @param pageMax how many uses a page may have
 * @param entriesMax how many leaves about one person are looked at
 */
public record UsageSettings(int pageMax, int entriesMax) {}
