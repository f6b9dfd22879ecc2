package org.wasl.agencies.declared;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query with parameters by name, {@code :name}; they are bound, never written into it.
 *
 * @param sql with {@code ?} in their places
 * @param parameters their names, in the order of their places
 */
record NamedQuery(String sql, List<String> parameters) {

    private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([A-Za-z][A-Za-z0-9]*)");
    private static final Pattern STATEMENT = Pattern.compile("(?is)\\s*(select|with)\\b[^;]*");
    private static final Pattern CHANGE = Pattern.compile("(?is)\\s*(insert|update|delete|merge|select|with)\\b[^;]*");
    private static final int TIMEOUT_SECONDS = 10;

    NamedQuery {
        parameters = List.copyOf(parameters);
    }

    static NamedQuery parse(String text) {
        if (!STATEMENT.matcher(text).matches()) {
            throw new IllegalArgumentException("must be one SELECT statement, without ';'");
        }
        return named(text);
    }

    static NamedQuery parseChange(String text) {
        if (!CHANGE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'statements' must each be one INSERT, UPDATE, DELETE, MERGE or SELECT, without ';'");
        }
        return named(text);
    }

    private static NamedQuery named(String text) {
        List<String> parameters = new ArrayList<>();
        Matcher matcher = PARAMETER.matcher(text);
        StringBuilder sql = new StringBuilder();
        while (matcher.find()) {
            parameters.add(matcher.group(1));
            matcher.appendReplacement(sql, "?");
        }
        matcher.appendTail(sql);
        return new NamedQuery(sql.toString(), parameters);
    }

    /** The first column of the one row that it yields; empty when there is none. A value that is not given is empty. */
    Optional<String> first(Connection connection, Map<String, String> values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, values)) {
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
            }
        }
    }

    /** Executes a statement that changes something. */
    void execute(Connection connection, Map<String, String> values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, values)) {
            statement.execute();
        }
    }

    private PreparedStatement prepared(Connection connection, Map<String, String> values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(TIMEOUT_SECONDS);
        for (int place = 0; place < parameters.size(); place++) {
            statement.setString(place + 1, values.getOrDefault(parameters.get(place), ""));
        }
        return statement;
    }
}
