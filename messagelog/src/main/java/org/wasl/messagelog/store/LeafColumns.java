package org.wasl.messagelog.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.MessageKind;

/** Between a row's columns and our records. */
final class LeafColumns {

    private LeafColumns() {}

    /** Binds {@link LogSql#INSERT_LEAF}. */
    static void bind(PreparedStatement insert, IndexedEntry entry) throws SQLException {
        Leaf leaf = entry.entry().leaf();
        insert.setLong(1, entry.index());
        insert.setInt(2, leaf.format());
        insert.setLong(3, leaf.atMillis());
        @Nullable
        String[] texts = {
            leaf.direction(),
            leaf.member(),
            leaf.messageId(),
            leaf.correlationId(),
            leaf.kind(),
            leaf.sender(),
            leaf.consumer(),
            leaf.provider(),
            leaf.service(),
            leaf.purpose(),
            leaf.actor(),
            leaf.inReplyTo()
        };
        for (int i = 0; i < texts.length; i++) {
            insert.setString(4 + i, texts[i]);
        }
        if (leaf.expiresMillis() == null) {
            insert.setNull(16, Types.BIGINT);
        } else {
            insert.setLong(16, leaf.expiresMillis());
        }
        insert.setString(17, leaf.fault());
        insert.setBytes(18, leaf.subject());
        insert.setBytes(19, leaf.commitment());
        insert.setBytes(20, entry.leafHash());
        insert.setBytes(21, leaf.evidence());
    }

    /** The row as it stands, whatever it holds. */
    static LogRow row(ResultSet row, ContainerReader containers) throws SQLException, LogStoreException {
        byte[] salt = row.getBytes("salt");
        byte[] container = containers.read(row);
        boolean erased = number(row, "erased_at_millis") != null;
        byte[] leafHash = row.getBytes("leaf_hash");
        return new LogRow(
                row.getLong("idx"),
                leaf(row),
                leafHash == null ? new byte[0] : leafHash,
                salt == null || container == null ? null : new Payload(salt, container),
                row.getBytes("subject_hash"),
                erased);
    }

    /** The row without its payload. */
    static FoundLeaf found(ResultSet row) throws SQLException {
        byte[] leafHash = row.getBytes("leaf_hash");
        return new FoundLeaf(
                row.getLong("idx"),
                leaf(row),
                leafHash == null ? new byte[0] : leafHash,
                number(row, "erased_at_millis") != null);
    }

    private static Leaf leaf(ResultSet row) throws SQLException {
        return new Leaf(
                row.getInt("leaf_format"),
                row.getLong("at_millis"),
                row.getString("direction"),
                row.getString("member"),
                row.getString("message_id"),
                row.getString("correlation_id"),
                row.getString("kind"),
                row.getString("sender"),
                row.getString("consumer"),
                row.getString("provider"),
                row.getString("service"),
                row.getString("purpose"),
                row.getString("actor"),
                row.getString("in_reply_to"),
                number(row, "expires_millis"),
                row.getString("fault"),
                row.getBytes("subject"),
                row.getBytes("commitment"),
                row.getBytes("evidence"));
    }

    /**
     * The row as a message.
     *
     * @throws LogStoreException when it is damaged
     */
    static StoredMessage message(ResultSet row, ContainerReader containers) throws SQLException, LogStoreException {
        LogRow read = row(row, containers);
        Leaf leaf = read.leaf();
        Payload payload = read.payload();
        if (payload != null
                && payload.container().length == 0
                && !Direction.REFUSED.name().equals(leaf.direction())) {
            throw new LogStoreException("the container of leaf " + read.index() + " is damaged");
        }
        try {
            return new StoredMessage(
                    read.index(),
                    MemberId.parse(required(leaf.member())),
                    Direction.valueOf(required(leaf.direction())),
                    Instant.ofEpochMilli(leaf.atMillis()),
                    UUID.fromString(required(leaf.messageId())),
                    required(leaf.correlationId()),
                    MessageKind.valueOf(required(leaf.kind())),
                    SubsystemId.parse(required(leaf.sender())),
                    SubsystemId.parse(required(leaf.consumer())),
                    SubsystemId.parse(required(leaf.provider())),
                    ServiceId.parse(required(leaf.service())),
                    leaf.inReplyTo() == null ? null : UUID.fromString(leaf.inReplyTo()),
                    leaf.expiresMillis() == null ? null : Instant.ofEpochMilli(leaf.expiresMillis()),
                    leaf.fault(),
                    payload == null ? null : payload.container());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new LogStoreException("the row of leaf " + read.index() + " is damaged", e);
        }
    }

    private static String required(@Nullable String text) {
        return Objects.requireNonNull(text, "a column that must not be empty is");
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
