package org.wasl.connectors.backend;

import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;

/** Tells what a database's exception means; its message may quote data, so only its class and SQLState are told. */
final class SqlFailures {

    /** A lock that did not become free: HYT00 of H2, 55P03 of PostgreSQL; 90131 is H2's concurrent update. */
    private static final Set<String> UNDONE_BY_OTHERS = Set.of("HYT00", "55P03", "90131");

    private SqlFailures() {}

    static BackEndFailure of(Throwable thrown) {
        SQLException deepest = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BackEndFailure failure) {
                return failure;
            }
            if (cause instanceof SQLException sql) {
                BackEndFailure known = known(sql, thrown);
                if (known != null) {
                    return known;
                }
                deepest = sql;
            }
        }
        if (deepest instanceof SQLTransientConnectionException) {
            return unavailable(deepest, thrown);
        }
        String state = deepest == null ? "unknown" : state(deepest);
        return new BackEndFailure(
                FaultCode.BACKEND_REFUSED,
                Step.FETCH,
                "the database refused the statement (SQLState " + state + ")",
                thrown);
    }

    private static @Nullable BackEndFailure known(SQLException sql, Throwable thrown) {
        String state = state(sql);
        if (sql instanceof SQLInvalidAuthorizationSpecException || state.startsWith("28")) {
            return new BackEndFailure(
                    FaultCode.BACKEND_REFUSED, Step.AUTHENTICATE, "the database refused the user or password", thrown);
        }
        if (sql instanceof SQLTimeoutException || state.equals("57014")) {
            return new BackEndFailure(
                    FaultCode.BACKEND_TIMED_OUT, Step.FETCH, "the database did not answer in time", thrown);
        }
        if (state.startsWith("23")) {
            return new BackEndFailure(
                    FaultCode.RECORD_CONFLICT,
                    Step.FETCH,
                    "the database's constraints stand against the change (SQLState " + state + ")",
                    thrown);
        }
        if (UNDONE_BY_OTHERS.contains(state) || state.startsWith("40")) {
            return new BackEndFailure(
                    FaultCode.BACKEND_BUSY,
                    Step.FETCH,
                    "another transaction came between, nothing was changed (SQLState " + state + ")",
                    thrown);
        }
        if (sql instanceof SQLNonTransientConnectionException
                || sql instanceof SQLRecoverableException
                || state.startsWith("08")) {
            // Hikari wraps whatever it met while connecting: the cause, if there is one, knows better.
            return sql.getCause() instanceof SQLException ? null : unavailable(sql, thrown);
        }
        return null;
    }

    private static BackEndFailure unavailable(SQLException sql, Throwable thrown) {
        return new BackEndFailure(
                FaultCode.BACKEND_UNAVAILABLE,
                Step.CONNECT,
                "the database cannot be reached (SQLState " + state(sql) + ")",
                thrown);
    }

    private static String state(SQLException sql) {
        String state = sql.getSQLState();
        return state == null || !state.matches("[0-9A-Z]{5}") ? "unknown" : state;
    }
}
