package org.wasl.connectors.backend;

import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;

/** Tells what a database's exception means; its message may quote data, so only its class and SQLState are told. */
final class SqlFailures {

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
