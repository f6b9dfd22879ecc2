package org.wasl.messagelog.store;

import java.time.Duration;

/**
 * How to reach a log in PostgreSQL.
 *
 * @param url the JDBC URL, {@code jdbc:postgresql://…}; its schema ({@code currentSchema}) is the log's own
 * @param user the role that owns the log's tables
 * @param password its password
 * @param readers how many connections read at once; one more writes
 * @param timeout how long connecting, waiting for a reader or one statement may take
 */
public record PostgresSettings(String url, String user, String password, int readers, Duration timeout) {

    public PostgresSettings {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("the URL of a log in PostgreSQL begins with jdbc:postgresql:");
        }
        if (readers < 1 || readers > 100) {
            throw new IllegalArgumentException("from 1 to 100 connections may read");
        }
        if (timeout.toSeconds() < 1 || timeout.toHours() > 1) {
            throw new IllegalArgumentException("a log's time-out is from a second to an hour");
        }
    }

    /** With four readers and a time-out of 30 seconds. */
    public static PostgresSettings of(String url, String user, String password) {
        return new PostgresSettings(url, user, password, 4, Duration.ofSeconds(30));
    }

    @Override
    public String toString() {
        return "PostgresSettings[url=" + url + ", user=" + user + "]";
    }
}
