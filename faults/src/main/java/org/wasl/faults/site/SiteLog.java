package org.wasl.faults.site;

import java.nio.file.Path;

/**
 * One node's message log.
 *
 * @param name which node's
 * @param data the node's data directory, whose registry the verifier trusts
 * @param url the database, when it is not the file in the data directory; empty otherwise
 */
public record SiteLog(String name, Path data, String url) {}
