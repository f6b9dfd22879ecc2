package org.wasl.messagelog.site;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.store.LogReader;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.PostgresLogStore;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.agreement.QuotaCounter;

/**
 * A site in the one PostgreSQL database that holds its nodes' logs as well. A node's session that writes its log holds an
 * advisory lock; who takes over a claim holds that lock meanwhile: the former holder has no session that writes then, and
 * cannot begin one before the claim is another's.
 */
public final class PostgresSite implements Site {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSite.class);
    private static final String VERSION = "1";

    private final SiteSettings settings;
    private final HikariDataSource connections;
    private final PostgresQuotas quotas;
    private final ConcurrentMap<String, LogReader> logs = new ConcurrentHashMap<>();

    private PostgresSite(SiteSettings settings, HikariDataSource connections) {
        this.settings = settings;
        this.connections = connections;
        this.quotas = new PostgresQuotas(connections);
    }

    /**
     * Joins the site, making its tables when they are not there. The node's log must be open for writing.
     *
     * @throws LogStoreException when the site cannot be reached, is of another version or does not synchronise to disk,
     *     or the node's log is not in its database
     */
    public static PostgresSite join(SiteSettings settings) throws LogStoreException {
        HikariDataSource connections = null;
        try {
            connections = PostgresLogStore.sessions(settings.database(), "site", settings.connections());
            PostgresSite site = new PostgresSite(settings, connections);
            site.register();
            return site;
        } catch (SQLException | LogStoreException e) {
            if (connections != null) {
                connections.close();
            }
            throw e instanceof LogStoreException known
                    ? known
                    : new LogStoreException("the site's database cannot be used", e);
        }
    }

    private void register() throws SQLException, LogStoreException {
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            String log = PostgresLogStore.durableSchema(connection, settings.log());
            try (Statement statement = connection.createStatement()) {
                statement.execute(SiteSql.MAKING);
                for (String sql : SiteSql.TABLES) {
                    statement.execute(sql);
                }
                try (ResultSet version = statement.executeQuery(SiteSql.VERSION)) {
                    if (!version.next() || !VERSION.equals(version.getString(1))) {
                        throw new LogStoreException("the site's tables are of another version than " + VERSION);
                    }
                }
            }
            if (locks(connection, log)) {
                connection.rollback();
                throw new LogStoreException("this node's log, schema " + log + ", is not open in the site's database");
            }
            try (PreparedStatement register = connection.prepareStatement(SiteSql.REGISTER)) {
                register.setString(1, settings.node());
                register.setString(2, log);
                register.executeUpdate();
            }
            connection.commit();
        }
    }

    /** Whether nobody writes the log in this schema, nor can until the transaction ends. */
    private static boolean locks(Connection connection, String schema) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(SiteSql.LOCK_LOG)) {
            lock.setString(1, schema);
            try (ResultSet free = lock.executeQuery()) {
                return free.next() && free.getBoolean(1);
            }
        }
    }

    /** Something done over one connection. */
    @FunctionalInterface
    private interface Work<T> {
        T done(Connection connection) throws SQLException, LogStoreException;
    }

    private <T> T single(Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            return work.done(connection);
        } catch (SQLException | LogStoreException e) {
            throw new LogUnavailableException("the site's database cannot be used", e);
        }
    }

    /** All or nothing. */
    private <T> T whole(Work<T> work) {
        return single(connection -> {
            connection.setAutoCommit(false);
            try {
                T done = work.done(connection);
                connection.commit();
                return done;
            } finally {
                // What was committed is not touched by it.
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    @Override
    public <T> ClaimResult<T> claim(Claim claim, EndSought<T> end) {
        while (true) {
            Optional<Holder> holder = single(connection -> insert(connection, claim)
                    ? Optional.of(new Holder(claim.identity(), settings.node()))
                    : holder(connection, claim));
            if (holder.isEmpty()) {
                continue; // It was forgotten in between.
            }
            if (!holder.get().identity().equals(claim.identity())) {
                return new ClaimResult.Reused<>();
            }
            if (holder.get().node().equals(settings.node())) {
                return new ClaimResult.Granted<>(Optional.empty());
            }
            Optional<ClaimResult<T>> result = of(claim, holder.get().node(), end);
            if (result.isPresent()) {
                return result.get();
            }
        }
    }

    /** Who holds a claim, and for which request. */
    private record Holder(UUID identity, String node) {}

    private boolean insert(Connection connection, Claim claim) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(SiteSql.CLAIM)) {
            bindKey(insert, 1, claim);
            insert.setObject(5, claim.identity());
            insert.setString(6, settings.node());
            insert.setLong(7, claim.until().toEpochMilli());
            return insert.executeUpdate() == 1;
        }
    }

    private static Optional<Holder> holder(Connection connection, Claim claim) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SiteSql.HOLDER)) {
            bindKey(select, 1, claim);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Holder(row.getObject(1, UUID.class), row.getString(2)))
                        : Optional.empty();
            }
        }
    }

    private static void bindKey(PreparedStatement statement, int from, Claim claim) throws SQLException {
        statement.setObject(from, claim.messageId());
        statement.setString(from + 1, claim.sender().toString());
        statement.setString(from + 2, claim.member().toString());
        statement.setString(from + 3, claim.side().name());
    }

    /** Whose another node's claim is; empty when it has changed hands meanwhile. */
    private <T> Optional<ClaimResult<T>> of(Claim claim, String node, EndSought<T> end) {
        Optional<LogReader> log = log(node);
        if (log.isEmpty()) {
            return Optional.of(new ClaimResult.Held<>(node));
        }
        Optional<T> ended = read(log.get(), end);
        if (ended.isPresent()) {
            return Optional.of(new ClaimResult.Ended<>(node, ended.get()));
        }
        String schema = schema(node).orElseThrow();
        return whole(connection -> {
            if (!locks(connection, schema)) {
                return Optional.of(new ClaimResult.Held<>(node));
            }
            // It may have ended it as its last act. What is in its log now is all there is.
            Optional<T> last = end.in(log.get());
            if (last.isPresent()) {
                return Optional.of(new ClaimResult.Ended<>(node, last.get()));
            }
            try (PreparedStatement take = connection.prepareStatement(SiteSql.TAKE_OVER)) {
                take.setString(1, settings.node());
                bindKey(take, 2, claim);
                take.setString(6, node);
                if (take.executeUpdate() != 1) {
                    return Optional.empty();
                }
            }
            LOG.info("Request {} was {}'s, which has gone: taken over", claim.messageId(), node);
            return Optional.of(new ClaimResult.Granted<>(Optional.of(node)));
        });
    }

    private static <T> Optional<T> read(LogReader log, EndSought<T> end) {
        try {
            return end.in(log);
        } catch (LogStoreException e) {
            throw new LogUnavailableException("another node's log cannot be read", e);
        }
    }

    @Override
    public void extend(Claim claim, Instant until) {
        single(connection -> {
            try (PreparedStatement update = connection.prepareStatement(SiteSql.EXTEND)) {
                update.setLong(1, until.toEpochMilli());
                bindKey(update, 2, claim);
                update.setString(6, settings.node());
                return update.executeUpdate();
            }
        });
    }

    @Override
    public void hand(String node, HandedMessage message) {
        single(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(SiteSql.HAND)) {
                insert.setString(1, node);
                insert.setString(2, message.provider().toString());
                insert.setBytes(3, message.octets());
                insert.setString(4, message.brokerUser());
                insert.setString(5, message.replyNode());
                insert.setLong(6, System.currentTimeMillis());
                return insert.executeUpdate();
            }
        });
    }

    /** A handed message and its number. */
    private record Numbered(long id, HandedMessage message) {}

    @Override
    public int handed(int limit, Predicate<HandedMessage> taker) {
        inheritMessages();
        List<Numbered> waiting = single(connection -> {
            try (PreparedStatement select = connection.prepareStatement(SiteSql.HANDED)) {
                select.setString(1, settings.node());
                select.setInt(2, limit);
                try (ResultSet row = select.executeQuery()) {
                    List<Numbered> found = new ArrayList<>();
                    while (row.next()) {
                        found.add(new Numbered(
                                row.getLong(1),
                                new HandedMessage(
                                        SubsystemId.parse(row.getString(2)),
                                        row.getBytes(3),
                                        row.getString(4),
                                        row.getString(5))));
                    }
                    return found;
                }
            }
        });
        int taken = 0;
        for (Numbered next : waiting) {
            if (taker.test(next.message())) {
                taken += single(connection -> {
                    try (PreparedStatement delete = connection.prepareStatement(SiteSql.TAKEN)) {
                        delete.setLong(1, next.id());
                        return delete.executeUpdate();
                    }
                });
            }
        }
        return taken;
    }

    /** What was handed to a node that has gone is this node's. */
    private void inheritMessages() {
        List<String> others = single(connection -> {
            try (PreparedStatement select = connection.prepareStatement(SiteSql.HANDED_TO_OTHERS)) {
                select.setString(1, settings.node());
                try (ResultSet row = select.executeQuery()) {
                    List<String> found = new ArrayList<>();
                    while (row.next()) {
                        found.add(row.getString(1));
                    }
                    return found;
                }
            }
        });
        for (String node : others) {
            Optional<String> schema = schema(node);
            if (schema.isEmpty()) {
                continue;
            }
            whole(connection -> {
                if (!locks(connection, schema.get())) {
                    return 0;
                }
                try (PreparedStatement update = connection.prepareStatement(SiteSql.HANDED_INSTEAD)) {
                    update.setString(1, settings.node());
                    update.setString(2, node);
                    return update.executeUpdate();
                }
            });
        }
    }

    @Override
    public int forget(Instant before) {
        return single(connection -> {
            int forgotten = 0;
            for (String sql : List.of(SiteSql.FORGET_CLAIMS, SiteSql.FORGET_HANDED)) {
                try (PreparedStatement delete = connection.prepareStatement(sql)) {
                    delete.setLong(1, before.toEpochMilli());
                    forgotten += delete.executeUpdate();
                }
            }
            return forgotten;
        });
    }

    @Override
    public List<String> siblings() {
        return nodes().stream()
                .map(Registered::node)
                .filter(node -> !node.equals(settings.node()))
                .toList();
    }

    /** A node of the site, and where its log is. */
    private record Registered(String node, String schema) {}

    private List<Registered> nodes() {
        return single(connection -> {
            try (PreparedStatement select = connection.prepareStatement(SiteSql.NODES);
                    ResultSet row = select.executeQuery()) {
                List<Registered> found = new ArrayList<>();
                while (row.next()) {
                    found.add(new Registered(row.getString(1), row.getString(2)));
                }
                return found;
            }
        });
    }

    private Optional<String> schema(String node) {
        return nodes().stream()
                .filter(registered -> registered.node().equals(node))
                .map(Registered::schema)
                .findFirst();
    }

    @Override
    public boolean isGone(String sibling) {
        return schema(sibling)
                .filter(schema -> whole(connection -> locks(connection, schema)))
                .isPresent();
    }

    @Override
    public Optional<LogReader> log(String sibling) {
        LogReader known = logs.get(sibling);
        if (known != null) {
            return Optional.of(known);
        }
        return schema(sibling).map(schema -> logs.computeIfAbsent(sibling, node -> open(schema)));
    }

    private LogReader open(String schema) {
        try {
            return PostgresLogStore.openSibling(settings.log(), schema);
        } catch (LogStoreException e) {
            throw new LogUnavailableException("another node's log cannot be read", e);
        }
    }

    @Override
    public QuotaCounter quotas() {
        return quotas;
    }

    @Override
    public void close() {
        logs.values().forEach(LogReader::close);
        connections.close();
    }
}
