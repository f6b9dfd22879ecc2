package org.wasl.messagelog.site;

import java.util.List;

/** The tables that the nodes of a site share, and what is said to them. */
final class SiteSql {

    /** Taken while tables are made, by whichever node comes first. */
    static final String MAKING = "SELECT pg_advisory_xact_lock(hashtextextended('wasl site ' || current_schema(), 0))";

    static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS site_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
            "INSERT INTO site_meta (name, value) VALUES ('version', '1') ON CONFLICT DO NOTHING",
            "CREATE TABLE IF NOT EXISTS site_node (node TEXT PRIMARY KEY, log_schema TEXT NOT NULL UNIQUE)",
            "CREATE TABLE IF NOT EXISTS site_claim (side TEXT NOT NULL, member TEXT NOT NULL, sender TEXT NOT NULL,"
                    + " message_id UUID NOT NULL, identity UUID NOT NULL, node TEXT NOT NULL, until_at BIGINT NOT NULL,"
                    + " PRIMARY KEY (message_id, sender, member, side))",
            "CREATE INDEX IF NOT EXISTS site_claim_until ON site_claim (until_at)",
            "CREATE TABLE IF NOT EXISTS site_handed (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                    + " node TEXT NOT NULL, provider TEXT NOT NULL, octets BYTEA NOT NULL, broker_user TEXT,"
                    + " reply_node TEXT, at BIGINT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS site_quota (agreement TEXT PRIMARY KEY, minute_start BIGINT, minute_current BIGINT,"
                    + " minute_previous BIGINT, day_start BIGINT, day_current BIGINT, day_previous BIGINT)");

    static final String VERSION = "SELECT value FROM site_meta WHERE name = 'version'";

    static final String REGISTER = "INSERT INTO site_node (node, log_schema) VALUES (?, ?)"
            + " ON CONFLICT (node) DO UPDATE SET log_schema = EXCLUDED.log_schema";

    static final String NODES = "SELECT node, log_schema FROM site_node ORDER BY node";

    /** True, until the transaction ends, when nobody writes the log in this schema, and nobody can begin to. */
    static final String LOCK_LOG = "SELECT pg_try_advisory_xact_lock(hashtextextended('wasl message log ' || ?, 0))";

    private static final String KEY = " WHERE message_id = ? AND sender = ? AND member = ? AND side = ?";

    static final String CLAIM = "INSERT INTO site_claim (message_id, sender, member, side, identity, node, until_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    static final String HOLDER = "SELECT identity, node FROM site_claim" + KEY;

    static final String TAKE_OVER = "UPDATE site_claim SET node = ?" + KEY + " AND node = ?";

    static final String EXTEND = "UPDATE site_claim SET until_at = GREATEST(until_at, ?)" + KEY + " AND node = ?";

    static final String FORGET_CLAIMS = "DELETE FROM site_claim WHERE until_at < ?";

    static final String FORGET_HANDED = "DELETE FROM site_handed WHERE at < ?";

    static final String HAND = "INSERT INTO site_handed (node, provider, octets, broker_user, reply_node, at)"
            + " VALUES (?, ?, ?, ?, ?, ?)";

    static final String HANDED = "SELECT id, provider, octets, broker_user, reply_node FROM site_handed"
            + " WHERE node = ? ORDER BY id LIMIT ?";

    static final String HANDED_TO_OTHERS = "SELECT DISTINCT node FROM site_handed WHERE node <> ?";

    static final String HANDED_INSTEAD = "UPDATE site_handed SET node = ? WHERE node = ?";

    static final String TAKEN = "DELETE FROM site_handed WHERE id = ?";

    private static final String COUNTS =
            "minute_start, minute_current, minute_previous, day_start, day_current, day_previous";

    static final String QUOTA = "SELECT " + COUNTS + " FROM site_quota WHERE agreement = ?";

    static final String QUOTA_LOCKED = QUOTA + " FOR UPDATE";

    static final String QUOTA_FIRST = "INSERT INTO site_quota (agreement) VALUES (?) ON CONFLICT DO NOTHING";

    static final String QUOTA_COUNTED = "UPDATE site_quota SET minute_start = ?, minute_current = ?,"
            + " minute_previous = ?, day_start = ?, day_current = ?, day_previous = ? WHERE agreement = ?";

    private SiteSql() {}
}
