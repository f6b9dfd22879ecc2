package org.wasl.connectors.backend;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.sf.saxon.s9api.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.declaration.BackEndDeclaration.Jdbc;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.xml.RowsWriter;
import org.wasl.connectors.xml.UnreadableException;
import org.wasl.schemas.fault.FaultCode;

/** A relational database, read by declared statements with bound parameters over a bounded, read-only pool. */
public final class JdbcBackEnd implements BackEnd {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration OLDEST = Duration.ofMinutes(15);
    private static final int FETCH_ROWS = 100;
    private static final int MILLIS_IN_SECOND = 1000;

    private final Jdbc jdbc;
    private final ConnectorDeclaration declaration;
    private final Processor processor;
    private final Secrets secrets;
    private final Clock clock;
    private final Object opening = new Object();
    private volatile @Nullable HikariDataSource pool;

    public JdbcBackEnd(ConnectorDeclaration declaration, Jdbc jdbc, Processor processor, Secrets secrets, Clock clock) {
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

    /** Asks every declared statement, in order. */
    public Answer fetch(ConnectorQuery query) {
        Instant asOf = clock.instant();
        Answering answering = new Answering(query);
        try {
            RowsWriter writer =
                    new RowsWriter(processor, Map.of(), declaration.limits().answerBytes());
            for (Map.Entry<String, String> statement : jdbc.queries().entrySet()) {
                writer.startRows(statement.getKey());
                answering.ask(statement.getValue(), writer);
                writer.endRows();
            }
            return new Answer.Data(query, writer.finish(), asOf, "", System.nanoTime());
        } catch (UnreadableException e) {
            throw new BackEndFailure(FaultCode.BACKEND_MALFORMED, Step.FETCH, e.reason(), e);
        } catch (DataAccessException e) {
            throw SqlFailures.of(e);
        }
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
        config.setReadOnly(true);
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
        private int rows;

        Answering(ConnectorQuery query) {
            this.query = query;
        }

        void ask(String statement, RowsWriter writer) {
            JdbcTemplate template = new JdbcTemplate(pool());
            template.setFetchSize(FETCH_ROWS);
            template.setMaxRows(jdbc.rows() + 1);
            template.setQueryTimeout(seconds());
            rows = 0;
            new NamedParameterJdbcTemplate(template).query(statement, Map.copyOf(query.parameters()), row -> {
                write(row, writer);
            });
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
