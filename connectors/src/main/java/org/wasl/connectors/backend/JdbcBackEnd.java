package org.wasl.connectors.backend;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import javax.sql.DataSource;
import net.sf.saxon.s9api.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.declaration.BackEndDeclaration.Jdbc;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.xml.RowsWriter;
import org.wasl.connectors.xml.UnreadableException;
import org.wasl.schemas.fault.FaultCode;

/** A relational database, read by declared statements with bound parameters over a bounded pool, which is read-only unless something is to change. */
public final class JdbcBackEnd implements BackEnd {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration OLDEST = Duration.ofMinutes(15);
    private static final int FETCH_ROWS = 100;
    private static final int MILLIS_IN_SECOND = 1000;

    private final Jdbc jdbc;
    private final ConnectorDeclaration declaration;
    private final Processor processor;
    private final Predicate<Answer> changed;
    private final Secrets secrets;
    private final Clock clock;
    private final Object opening = new Object();
    private volatile @Nullable HikariDataSource pool;

    /**
     * A database.
     *
     * @param changed whether an answer tells that the change was made; all of it is taken back otherwise
     */
    public JdbcBackEnd(
            ConnectorDeclaration declaration,
            Jdbc jdbc,
            Processor processor,
            Predicate<Answer> changed,
            Secrets secrets,
            Clock clock) {
        this.changed = changed;
        this.declaration = declaration;
        this.jdbc = jdbc;
        this.processor = processor;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public void connect() {
        try (Connection connection = pool().getConnection()) {
            if (!connection.isValid((int) LONGEST_CONNECT.toSeconds())) {
                throw new BackEndFailure(
                        FaultCode.BACKEND_UNAVAILABLE, Step.CONNECT, "the database's connection is dead");
            }
        } catch (SQLException e) {
            throw SqlFailures.of(e);
        }
    }

    /** Runs what changes something, if anything does, and then asks every declared query, in order. */
    public Answer fetch(ConnectorQuery query) {
        try {
            return jdbc.statements().isEmpty() ? asked(query, pool()) : changed(query);
        } catch (UnreadableException e) {
            throw new BackEndFailure(FaultCode.BACKEND_MALFORMED, Step.FETCH, e.reason(), e);
        } catch (SQLException | DataAccessException e) {
            throw SqlFailures.of(e);
        }
    }

    /** All in one transaction: nothing is changed unless the record to answer with could be read as well. */
    private Answer changed(ConnectorQuery query) throws SQLException, UnreadableException {
        try (Connection connection = pool().getConnection()) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                SingleConnectionDataSource same = new SingleConnectionDataSource(connection, true);
                Answering answering = new Answering(query, same);
                jdbc.statements().values().forEach(answering::change);
                Answer answer = asked(query, same);
                if (changed.test(answer)) {
                    // Past the deadline nobody would learn of it.
                    answering.seconds();
                    connection.commit();
                    committed = true;
                }
                return answer;
            } finally {
                if (!committed) {
                    connection.rollback();
                }
            }
        }
    }

    private Answer asked(ConnectorQuery query, DataSource from) throws UnreadableException {
        Instant asOf = clock.instant();
        Answering answering = new Answering(query, from);
        RowsWriter writer =
                new RowsWriter(processor, Map.of(), declaration.limits().answerBytes());
        for (Map.Entry<String, String> statement : jdbc.queries().entrySet()) {
            writer.startRows(statement.getKey());
            answering.ask(statement.getValue(), writer);
            writer.endRows();
        }
        return new Answer.Data(query, writer.finish(), asOf, "", System.nanoTime());
    }

    /** Opened when first needed, so that a node starts while an agency's database is down. */
    private HikariDataSource pool() {
        HikariDataSource open = pool;
        if (open == null) {
            synchronized (opening) {
                open = pool;
                if (open == null) {
                    open = open();
                    pool = open;
                }
            }
        }
        return open;
    }

    private HikariDataSource open() {
        HikariConfig config = new HikariConfig();
        config.setPoolName(declaration.name());
        config.setJdbcUrl(jdbc.url());
        config.setUsername(jdbc.user());
        config.setPassword(secrets.secret(jdbc.secret())
                .orElseThrow(() -> new BackEndFailure(
                        FaultCode.BACKEND_REFUSED,
                        Step.AUTHENTICATE,
                        "the secret '" + jdbc.secret() + "' is not there")));
        config.setReadOnly(jdbc.statements().isEmpty());
        config.setMaximumPoolSize(declaration.limits().concurrent());
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE.toMillis());
        config.setMaxLifetime(OLDEST.toMillis());
        config.setConnectionTimeout(connectMillis());
        config.setValidationTimeout(Math.min(connectMillis(), MILLIS_IN_SECOND));
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private long connectMillis() {
        long half = declaration.limits().timeout().toMillis() / 2;
        return Math.max(250, Math.min(half, LONGEST_CONNECT.toMillis()));
    }

    @Override
    public void close() {
        synchronized (opening) {
            HikariDataSource open = pool;
            pool = null;
            if (open != null) {
                open.close();
            }
        }
    }

    /** One question under way. */
    private final class Answering {

        private final ConnectorQuery query;
        private final DataSource from;
        private int rows;

        Answering(ConnectorQuery query, DataSource from) {
            this.query = query;
            this.from = from;
        }

        void ask(String statement, RowsWriter writer) {
            rows = 0;
            template().query(statement, query.values(), row -> {
                write(row, writer);
            });
        }

        /** A statement that yields rows, such as one that locks them, is one of these too. */
        void change(String statement) {
            template().execute(statement, query.values(), PreparedStatement::execute);
        }

        private NamedParameterJdbcTemplate template() {
            JdbcTemplate template = new JdbcTemplate(from);
            template.setFetchSize(FETCH_ROWS);
            template.setMaxRows(jdbc.rows() + 1);
            template.setQueryTimeout(seconds());
            return new NamedParameterJdbcTemplate(template);
        }

        /** JDBC knows whole seconds only; the caller's own clock is exact. */
        private int seconds() {
            long left = Duration.between(clock.instant(), query.deadline()).toMillis();
            long allowed = Math.min(left, declaration.limits().timeout().toMillis());
            if (allowed <= 0) {
                throw new BackEndFailure(
                        FaultCode.BACKEND_TIMED_OUT, Step.FETCH, "the deadline passed before the question was asked");
            }
            return (int) ((allowed + MILLIS_IN_SECOND - 1) / MILLIS_IN_SECOND);
        }

        private void write(ResultSet row, RowsWriter writer) throws SQLException {
            rows++;
            if (rows > jdbc.rows()) {
                throw new BackEndFailure(
                        FaultCode.BACKEND_OVERSIZED, Step.FETCH, "more than " + jdbc.rows() + " rows came");
            }
            try {
                writer.startRow();
                ResultSetMetaData columns = row.getMetaData();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    value(row, i, columns.getColumnLabel(i), writer);
                }
                writer.endRow();
            } catch (UnreadableException e) {
                throw new BackEndFailure(FaultCode.BACKEND_MALFORMED, Step.FETCH, e.reason(), e);
            }
        }

        private void value(ResultSet row, int index, String column, RowsWriter writer)
                throws SQLException, UnreadableException {
            String text = row.getString(index);
            if (text == null) {
                return;
            }
            boolean within = jdbc.json().contains(column) ? writer.json(column, text) : writer.value(column, text);
            if (!within) {
                throw new BackEndFailure(
                        FaultCode.BACKEND_OVERSIZED,
                        Step.FETCH,
                        "more than " + declaration.limits().answerBytes() + " characters came");
            }
        }
    }
}
