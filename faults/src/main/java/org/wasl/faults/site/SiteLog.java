package org.wasl.faults.site;

import java.nio.file.Path;

/**
 * One node's message log.
 *
 * @param name which node's
 * @param data the node's data directory, whose registry the verifier trusts
 * @param url the database, when it is not the file in the data directory; empty otherwise
 * @param user who owns the log in the database; empty for a file
 */
public record SiteLog(String name, Path data, String url, String user) {

    /** The secret that opens the database. */
    public static final String SECRET = "log-database";

    /** The log in a node's own file. */
    public static SiteLog file(String name, Path data) {
        return new SiteLog(name, data, "", "");
    }
}
