package org.wasl.messagelog.site;

import org.wasl.messagelog.store.PostgresSettings;

/**
 * How a node reaches its site.
 *
 * @param database the agency's database; its schema ({@code currentSchema}) is the site's own, no log's
 * @param node this node's id, as the registry names it
 * @param log this node's log, in the same database and open for writing
 * @param connections how many connections to the site at most
 */
public record SiteSettings(PostgresSettings database, String node, PostgresSettings log, int connections) {

    public SiteSettings {
        if (connections < 2 || connections > 100) {
            throw new IllegalArgumentException("from 2 to 100 connections may be used");
        }
    }
}
