package org.wasl.faults.site;

import java.nio.file.Path;

/**
 * Where callers of one node go.
 *
 * @param url without a slash at its end
 * @param issuer who issues people's tokens; empty at agencies' edges
 * @param data the data directory that has the callers' certificates and passwords
 */
public record Address(String url, String issuer, Path data) {}
