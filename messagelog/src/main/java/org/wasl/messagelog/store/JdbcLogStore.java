package org.wasl.messagelog.store;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.compact.Coding;
import org.wasl.messagelog.compact.ContainerPacker;
import org.wasl.messagelog.compact.Dictionary;
import org.wasl.messagelog.compact.StoredContainer;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.ContainerContent;

/** What the back ends have in common: one connection that writes, a pool that reads, the same tables and statements. */
abstract class JdbcLogStore extends JdbcLogReader implements LogStore {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcLogStore.class);
    private static final int FIND_CHUNK = 32;
    private static final String FIND_SQL = LogSql.FIND + "?, ".repeat(FIND_CHUNK - 1) + "?)";

    private static final int REMEMBERED_EVIDENCE = 4_096;

    /** How long a database may take to say that it is there. */
    private static final int CHECK_SECONDS = 5;

    private final Connection writer;

    /** The names of evidence written lately, so that most messages need not write theirs; the writing thread's. */
    private final Map<String, Boolean> written = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED_EVIDENCE;
        }
    };

    /** The statements of the writing connection, prepared once; under its monitor. */
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private final UUID logId;
    private final ContainerPacker packer;
    private final SubjectIndex subjects;

    JdbcLogStore(
            HikariDataSource readers,
            int fetchSize,
            Connection writer,
            UUID logId,
            ContainerPacker packer,
            SubjectIndex subjects) {
        super(readers, fetchSize, subjects.shape());
        this.writer = writer;
        this.logId = logId;
        this.packer = packer;
        this.subjects = subjects;
    }

    /** The index of subjects of the log that this connection writes; it has tables of our version. */
    static SubjectIndex subjects(Connection writer, SubjectTiers.Shape shape) throws SQLException, LogStoreException {
        List<Long> sizes = select(writer, LogSql.SELECT_HEAD, statement -> {}, row -> row.getLong("size"));
        return SubjectIndex.open(writer, shape, sizes.isEmpty() ? 0 : sizes.get(0));
    }

    /**
     * What packs the containers of the log that this connection writes; it has tables of our version.
     *
     * @param coding how they are to be packed
     */
    static ContainerPacker packer(Connection writer, Coding coding) throws SQLException, LogStoreException {
        List<Dictionary> newest = select(
                writer,
                LogSql.NEWEST_DICTIONARY,
                statement -> {},
                row -> new Dictionary(row.getLong(1), row.getBytes(2)));
        Dictionary dictionary = newest.isEmpty() ? Dictionary.seed() : newest.get(0);
        if (newest.isEmpty()) {
            try (PreparedStatement insert = writer.prepareStatement(LogSql.INSERT_DICTIONARY)) {
                bind(insert, dictionary);
                insert.executeUpdate();
            }
        }
        return new ContainerPacker(coding, dictionary);
    }

    private static void bind(PreparedStatement insert, Dictionary dictionary) throws SQLException {
        insert.setLong(1, dictionary.id());
        insert.setBytes(2, dictionary.octets());
    }

    /**
     * Makes the tables of an empty log, or checks that an existing one is of our version.
     *
     * @param exists whether the tables stand there
     * @param types what the back end calls its types
     * @return the log's id
     */
    static UUID prepare(Connection writer, boolean exists, LogTables.ColumnTypes types)
            throws SQLException, LogStoreException {
        if (!exists) {
            create(writer, types);
        }
        String version = meta(writer, LogTables.META_VERSION);
        if (version.equals(LogTables.VERSION_1)) {
            upgrade(writer, LogTables.fromVersion1(types), LogTables.VERSION_2);
            version = LogTables.VERSION_2;
        }
        if (version.equals(LogTables.VERSION_2)) {
            upgrade(writer, LogTables.fromVersion2(types), LogTables.VERSION_3);
            version = LogTables.VERSION_3;
        }
        if (version.equals(LogTables.VERSION_3)) {
            upgrade(writer, LogTables.fromVersion3(types), LogTables.VERSION_4);
            version = LogTables.VERSION_4;
        }
        if (version.equals(LogTables.VERSION_4)) {
            upgrade(writer, LogTables.fromVersion4(types), Integer.toString(LogTables.SCHEMA_VERSION));
            version = meta(writer, LogTables.META_VERSION);
        }
        if (!version.equals(Integer.toString(LogTables.SCHEMA_VERSION))) {
            throw new LogStoreException("the log's tables are of version " + version + ", this program knows version "
                    + LogTables.SCHEMA_VERSION);
        }
        try (Statement statement = writer.createStatement()) {
            for (String sql : LogTables.DEFERRAL_INDEXES) {
                statement.execute(sql);
            }
        }
        return UUID.fromString(meta(writer, LogTables.META_LOG_ID));
    }

    private static void create(Connection writer, LogTables.ColumnTypes types) throws SQLException {
        writer.setAutoCommit(false);
        try (Statement statement = writer.createStatement()) {
            for (String sql : LogTables.create(types)) {
                statement.execute(sql);
            }
        }
        try (PreparedStatement insert = writer.prepareStatement(LogSql.INSERT_META)) {
            insert.setString(1, LogTables.META_VERSION);
            insert.setString(2, Integer.toString(LogTables.SCHEMA_VERSION));
            insert.executeUpdate();
            insert.setString(1, LogTables.META_LOG_ID);
            insert.setString(2, UUID.randomUUID().toString());
            insert.executeUpdate();
        }
        TreeHead empty = TreeHead.of(CompactRange.empty());
        try (PreparedStatement insert = writer.prepareStatement(LogSql.INSERT_HEAD)) {
            insert.setLong(1, empty.size());
            insert.setBytes(2, empty.root());
            insert.setBytes(3, empty.frontier());
            insert.executeUpdate();
        }
        writer.commit();
        writer.setAutoCommit(true);
    }

    private static void upgrade(Connection writer, List<String> statements, String version) throws SQLException {
        writer.setAutoCommit(false);
        try (Statement statement = writer.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        try (PreparedStatement update = writer.prepareStatement(LogSql.UPDATE_META)) {
            update.setString(1, version);
            update.setString(2, LogTables.META_VERSION);
            update.executeUpdate();
        }
        writer.commit();
        writer.setAutoCommit(true);
        LOG.info("The log's tables were brought up to version {}", version);
    }

    /** Closes what was opened before opening the log failed: that failure is what counts. */
    static void closeQuietly(@Nullable AutoCloseable... resources) {
        for (AutoCloseable resource : resources) {
            try {
                if (resource != null) {
                    resource.close();
                }
            } catch (Exception e) {
                LOG.warn("Could not close what was opened before opening the log failed", e);
            }
        }
    }

    private static String meta(Connection writer, String name) throws SQLException, LogStoreException {
        List<String> values =
                select(writer, LogSql.SELECT_META, statement -> statement.setString(1, name), row -> row.getString(1));
        if (values.size() != 1) {
            throw new LogStoreException("the log lacks its " + name);
        }
        return values.get(0);
    }

    @Override
    public UUID logId() {
        return logId;
    }

    @Override
    public Map<MessageIdentity, Long> find(Collection<MessageIdentity> identities) throws LogStoreException {
        Set<MessageIdentity> wanted = new HashSet<>(identities);
        List<String> ids =
                wanted.stream().map(MessageIdentity::messageId).distinct().toList();
        Map<MessageIdentity, Long> found = new HashMap<>();
        synchronized (writer) {
            try {
                for (int from = 0; from < ids.size(); from += FIND_CHUNK) {
                    find(ids.subList(from, Math.min(ids.size(), from + FIND_CHUNK)), wanted, found);
                }
            } catch (SQLException e) {
                throw new LogStoreException("the log cannot be searched for duplicates", e);
            }
        }
        return found;
    }

    private void find(List<String> ids, Set<MessageIdentity> wanted, Map<MessageIdentity, Long> found)
            throws SQLException {
        PreparedStatement statement = prepared(FIND_SQL);
        for (int i = 0; i < FIND_CHUNK; i++) {
            // A short last chunk repeats its first id: one statement, prepared once.
            statement.setString(i + 1, ids.get(i < ids.size() ? i : 0));
        }
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                MessageIdentity identity =
                        new MessageIdentity(row.getString(2), row.getString(3), row.getString(4), row.getString(5));
                if (wanted.contains(identity)) {
                    found.put(identity, row.getLong(1));
                }
            }
        }
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = writer.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    @Override
    public @Nullable Payload payload(long index) throws LogStoreException {
        synchronized (writer) {
            try {
                List<Payload> payloads = new ArrayList<>();
                select(writer, LogSql.SELECT_PAYLOAD, statement -> statement.setLong(1, index), row -> {
                    byte[] salt = row.getBytes("salt");
                    byte[] container = containers().read(row);
                    return salt != null && container != null && payloads.add(new Payload(salt, container));
                });
                return payloads.isEmpty() ? null : payloads.get(0);
            } catch (SQLException e) {
                throw new LogStoreException("container " + index + " cannot be read", e);
            }
        }
    }

    @Override
    public void check() throws LogStoreException {
        synchronized (writer) {
            try {
                if (!writer.isValid(CHECK_SECONDS)) {
                    throw new LogStoreException("the session that writes the log has ended");
                }
            } catch (SQLException e) {
                throw new LogStoreException("the session that writes the log cannot be checked", e);
            }
        }
    }

    /** The one connection that writes; whoever uses it holds its monitor. */
    final Connection writer() {
        return writer;
    }

    @Override
    public boolean append(List<IndexedEntry> entries, TreeHead head) throws LogStoreException {
        long sizeBefore = head.size() - entries.size();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).index() != sizeBefore + i) {
                throw new LogStoreException("leaf " + entries.get(i).index() + " would leave a gap");
            }
        }
        keepLearned();
        synchronized (writer) {
            try {
                writer.setAutoCommit(false);
                if (!insertLeaves(entries)) {
                    writer.rollback();
                    writer.setAutoCommit(true);
                    return false;
                }
                insertContents(entries);
                insertEvidence(entries);
                insertChunks(entries);
                OpenRequests.write(prepared(OpenRequests.INSERT), prepared(OpenRequests.DELETE), entries);
                SubjectTiers indexed = subjects.grown(writer, head.size(), entries.size());
                advance(sizeBefore, head);
                writer.commit();
                writer.setAutoCommit(true);
                subjects.use(indexed);
                entries.forEach(entry -> entry.entry().evidence().forEach(piece -> written.put(piece.digest(), true)));
                return true;
            } catch (SQLException | LogStoreException e) {
                rollBack(e);
                throw e instanceof LogStoreException known
                        ? known
                        : new LogStoreException("leaves from " + sizeBefore + " on cannot be written", e);
            }
        }
    }

    /** A dictionary is durable before a container is packed with it. */
    private void keepLearned() throws LogStoreException {
        Optional<Dictionary> learned = packer.learned();
        if (learned.isPresent()) {
            writing("the dictionary cannot be kept", () -> {
                try (PreparedStatement insert = writer.prepareStatement(LogSql.INSERT_DICTIONARY)) {
                    bind(insert, learned.get());
                    return insert.executeUpdate();
                }
            });
            packer.use(learned.get());
        }
    }

    /** Whether they could be inserted; not when one of them was logged before. */
    private boolean insertLeaves(List<IndexedEntry> entries) throws SQLException {
        PreparedStatement leaves = prepared(LogSql.INSERT_LEAF);
        for (IndexedEntry entry : entries) {
            LeafColumns.bind(leaves, entry);
            leaves.addBatch();
        }
        try {
            leaves.executeBatch();
            return true;
        } catch (SQLException e) {
            leaves.clearBatch();
            if (saysLoggedBefore(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Whether this failure of inserting leaves says that a message of the same identity is there. */
    abstract boolean saysLoggedBefore(SQLException failure);

    private void insertContents(List<IndexedEntry> entries) throws SQLException {
        PreparedStatement payloads = prepared(LogSql.INSERT_PAYLOAD);
        PreparedStatement subjects = prepared(LogSql.INSERT_SUBJECT);
        boolean anySubject = false;
        for (IndexedEntry entry : entries) {
            Payload payload = entry.entry().payload();
            boolean refused =
                    Direction.REFUSED.name().equals(entry.entry().leaf().direction());
            StoredContainer stored = packer.pack(payload.container(), !refused);
            payloads.setLong(1, entry.index());
            payloads.setBytes(2, payload.salt());
            payloads.setBytes(3, stored.octets());
            payloads.setInt(4, stored.coding().number());
            payloads.setLong(5, stored.dictionary());
            payloads.addBatch();
            byte[] subjectHash = entry.entry().subjectHash();
            if (subjectHash != null) {
                anySubject = true;
                subjects.setLong(1, entry.index());
                subjects.setBytes(2, subjectHash);
                subjects.addBatch();
            }
        }
        payloads.executeBatch();
        if (anySubject) {
            subjects.executeBatch();
        }
    }

    private void insertEvidence(List<IndexedEntry> entries) throws SQLException {
        Map<String, RevocationEvidence> fresh = new HashMap<>();
        for (IndexedEntry entry : entries) {
            for (RevocationEvidence piece : entry.entry().evidence()) {
                if (!written.containsKey(piece.digest())) {
                    fresh.put(piece.digest(), piece);
                }
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = writer.prepareStatement(LogSql.INSERT_EVIDENCE)) {
            for (RevocationEvidence piece : fresh.values()) {
                insert.setBytes(1, HexFormat.of().parseHex(piece.digest()));
                insert.setString(2, piece.kind().name());
                insert.setBytes(3, piece.octets());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** One at a time: a batch of them would be in memory together. */
    private void insertChunks(List<IndexedEntry> entries) throws SQLException, LogStoreException {
        for (IndexedEntry entry : entries) {
            ContainerContent whole = entry.entry().whole();
            if (whole == null) {
                continue;
            }
            try (InputStream octets = whole.open(0);
                    PreparedStatement insert = writer.prepareStatement(LogSql.INSERT_CHUNK)) {
                StoredChunks.write(insert, entry.index(), octets, whole.length());
            } catch (IOException e) {
                throw new LogStoreException("the container of leaf " + entry.index() + " cannot be read", e);
            }
        }
    }

    private void advance(long sizeBefore, TreeHead head) throws SQLException, LogStoreException {
        PreparedStatement commit = prepared(LogSql.INSERT_COMMIT);
        commit.setLong(1, head.size());
        commit.setBytes(2, head.root());
        commit.executeUpdate();
        PreparedStatement update = prepared(LogSql.UPDATE_HEAD);
        update.setLong(1, head.size());
        update.setBytes(2, head.root());
        update.setBytes(3, head.frontier());
        update.setLong(4, sizeBefore);
        if (update.executeUpdate() != 1) {
            throw new LogStoreException("the recorded head is not at " + sizeBefore + ": who else wrote?");
        }
    }

    private void rollBack(Exception cause) {
        try {
            writer.rollback();
            writer.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public int erase(Collection<Long> indices, Instant at) throws LogStoreException {
        synchronized (writer) {
            Erasure done = writing("containers cannot be erased", () -> eraseAll(indices, at));
            subjects.use(done.indexed());
            return done.erased();
        }
    }

    /** What was erased, and how far the index of subjects has come then. */
    private record Erasure(int erased, SubjectTiers indexed) {}

    private Erasure eraseAll(Collection<Long> indices, Instant at) throws SQLException, LogStoreException {
        SubjectTiers indexed = subjects.tiers();
        int erased = 0;
        try (PreparedStatement payload = writer.prepareStatement(LogSql.ERASE);
                PreparedStatement subject = writer.prepareStatement(LogSql.ERASE_SUBJECT);
                PreparedStatement chunks = writer.prepareStatement(LogSql.ERASE_CHUNKS)) {
            for (long index : indices) {
                payload.setLong(1, at.toEpochMilli());
                payload.setLong(2, index);
                erased += payload.executeUpdate();
                indexed = subjects.without(writer, indexed, index);
                subject.setLong(1, index);
                subject.executeUpdate();
                chunks.setLong(1, index);
                chunks.executeUpdate();
            }
        }
        return new Erasure(erased, indexed);
    }

    @Override
    public List<Long> erasable(String service, Instant before, long fromIndex, int limit) throws LogStoreException {
        return select(
                LogSql.ERASABLE,
                statement -> {
                    statement.setLong(1, fromIndex);
                    statement.setString(2, service);
                    statement.setLong(3, before.toEpochMilli());
                    statement.setInt(4, limit);
                },
                row -> row.getLong(1));
    }

    @Override
    public void saveCheckpoint(long size, String origin, Instant at, byte[] note) throws LogStoreException {
        writing("the checkpoint cannot be kept", () -> {
            try (PreparedStatement insert = writer.prepareStatement(LogSql.SAVE_CHECKPOINT)) {
                insert.setLong(1, size);
                insert.setString(2, origin);
                insert.setLong(3, at.toEpochMilli());
                insert.setBytes(4, note);
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public boolean saveTimeStamp(long size, String origin, byte[] token) throws LogStoreException {
        return writing("the time-stamp cannot be kept", () -> {
                    try (PreparedStatement update = writer.prepareStatement(LogSql.SAVE_TIME_STAMP)) {
                        update.setBytes(1, token);
                        update.setLong(2, size);
                        update.setString(3, origin);
                        return update.executeUpdate();
                    }
                })
                == 1;
    }

    /** What is done on the writing connection, all or nothing. */
    @FunctionalInterface
    private interface Change<T> {
        T apply() throws SQLException, LogStoreException;
    }

    private <T> T writing(String failure, Change<T> change) throws LogStoreException {
        synchronized (writer) {
            try {
                writer.setAutoCommit(false);
                T changed = change.apply();
                writer.commit();
                writer.setAutoCommit(true);
                return changed;
            } catch (SQLException | LogStoreException e) {
                rollBack(e);
                throw new LogStoreException(failure, e);
            }
        }
    }

    @Override
    public Optional<RecordedCheckpoint> latestCheckpoint() throws LogStoreException {
        return select(LogSql.LATEST_CHECKPOINT, statement -> {}, JdbcLogSource::checkpoint).stream()
                .findFirst();
    }

    @Override
    public Optional<RecordedCheckpoint> latestStamped() throws LogStoreException {
        return select(LogSql.LATEST_STAMPED, statement -> {}, JdbcLogSource::checkpoint).stream()
                .findFirst();
    }

    @Override
    public void close() {
        super.close();
        packer.close();
        synchronized (writer) {
            prepared.values().forEach(JdbcLogStore::closeQuietly);
            try {
                writer.close();
            } catch (SQLException e) {
                LOG.warn("The log's writing connection did not close cleanly; what was acknowledged is durable", e);
            }
        }
    }
}
