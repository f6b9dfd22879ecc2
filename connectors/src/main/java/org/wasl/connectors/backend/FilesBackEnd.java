package org.wasl.connectors.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.XdmNode;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.DocumentSpool;
import org.wasl.connectors.declaration.BackEndDeclaration.Files;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclaration.Documents;
import org.wasl.connectors.xml.CsvRows;
import org.wasl.connectors.xml.RowsWriter;
import org.wasl.connectors.xml.UnreadableException;
import org.wasl.schemas.fault.FaultCode;

/** Files behind an SFTP server: the current snapshot's partition, believed only when its digest is the manifest's. */
public final class FilesBackEnd implements BackEnd {

    private static final int MAX_POINTER_BYTES = 256;
    private static final int MAX_MANIFEST_BYTES = 256 * 1024;
    /** A manifest of documents has a line for each: some 40,000. */
    private static final int MAX_DOCUMENT_MANIFEST_BYTES = 4 * 1024 * 1024;

    private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final ConnectorDeclaration declaration;
    private final Files files;
    private final Processor processor;
    private final Clock clock;
    private final SftpSessions sessions;
    private final @Nullable DocumentIntake intake;
    private final AtomicReference<@Nullable Snapshot> current = new AtomicReference<>();

    public FilesBackEnd(
            ConnectorDeclaration declaration,
            Files files,
            Processor processor,
            DocumentSpool spool,
            Secrets secrets,
            Clock clock) {
        this.declaration = declaration;
        this.files = files;
        this.processor = processor;
        this.clock = clock;
        this.sessions = new SftpSessions(files, secrets, declaration.limits().timeout());
        this.intake = declaration.content() instanceof Documents documents
                ? new DocumentIntake(documents, spool, clock)
                : null;
    }

    @Override
    public void connect() {
        sessions.giveBack(sessions.take());
    }

    /** Reads the document, or the partition that the question's parameter falls into, of which it keeps the rows that bear it. */
    public Answer fetch(ConnectorQuery query) {
        SftpClient session = sessions.take();
        try {
            Answer answer = intake == null ? read(session, query) : document(intake, session, query);
            sessions.giveBack(session);
            return answer;
        } catch (SftpException e) {
            sessions.drop(session);
            throw new BackEndFailure(
                    FaultCode.BACKEND_REFUSED,
                    Step.FETCH,
                    "the server refused a file (SFTP status " + e.getStatus() + ")",
                    e);
        } catch (InterruptedIOException e) {
            sessions.drop(session);
            throw new BackEndFailure(FaultCode.BACKEND_TIMED_OUT, Step.FETCH, "the server did not answer in time", e);
        } catch (IOException e) {
            sessions.drop(session);
            throw new BackEndFailure(FaultCode.BACKEND_UNAVAILABLE, Step.FETCH, "the connection broke", e);
        } catch (BackEndFailure e) {
            // A stream may have been left half read.
            sessions.drop(session);
            throw e;
        }
    }

    private Answer read(SftpClient session, ConnectorQuery query) throws IOException {
        String value = query.parameters().getOrDefault(files.parameter(), "");
        String name = fileName(value);
        Snapshot snapshot = snapshot(session, query.deadline());
        byte[] octets;
        try {
            octets = partition(session, snapshot, name, query.deadline());
        } catch (SftpException e) {
            if (e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE) {
                throw e;
            }
            // The snapshot that was current when its name was read may be gone by now.
            current.set(null);
            snapshot = snapshot(session, query.deadline());
            octets = partition(session, snapshot, name, query.deadline());
        }
        try {
            XdmNode document = rows(Utf8.decode(octets), value, snapshot);
            return new Answer.Data(query, document, snapshot.generated(), "", System.nanoTime());
        } catch (UnreadableException e) {
            throw new BackEndFailure(FaultCode.BACKEND_MALFORMED, Step.FETCH, name + ": " + e.reason(), e);
        }
    }

    private Answer document(DocumentIntake taking, SftpClient session, ConnectorQuery query) throws IOException {
        String name = documentName(query.parameters());
        try {
            return document(taking, session, query, name, snapshot(session, query.deadline()));
        } catch (SftpException e) {
            if (e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE) {
                throw e;
            }
            // The snapshot that was current when its name was read may be gone by now.
            current.set(null);
            return document(taking, session, query, name, snapshot(session, query.deadline()));
        }
    }

    private Answer document(
            DocumentIntake taking, SftpClient session, ConnectorQuery query, String name, Snapshot snapshot)
            throws IOException {
        String digest = snapshot.digests().get(name);
        if (digest == null) {
            if (!snapshot.complete()) {
                throw new BackEndFailure(
                        FaultCode.BACKEND_REFUSED,
                        Step.FETCH,
                        "the manifest does not list the document, and does not say that it lists all there are");
            }
            return new Answer.Absent(snapshot.generated(), System.nanoTime());
        }
        try (InputStream in = session.read(files.folder() + "/" + snapshot.folder() + "/" + name)) {
            return taking.take(
                    in, new DocumentIntake.Announced("", -1, digest), snapshot.generated(), query.deadline());
        }
    }

    private String documentName(Map<String, String> parameters) {
        return PARAMETER.matcher(files.file()).replaceAll(match -> {
            String value = parameters.getOrDefault(match.group(1), "");
            if (!VALUE.matcher(value).matches()) {
                throw new BackEndFailure(
                        FaultCode.REQUEST_PARAMETER, Step.FETCH, "a parameter cannot be part of a file's name");
            }
            return value;
        });
    }

    private String fileName(String value) {
        if (value.length() < files.partition()) {
            throw new BackEndFailure(
                    FaultCode.REQUEST_PARAMETER, Step.FETCH, "the parameter is too short for its partition");
        }
        String partition = value.substring(value.length() - files.partition());
        if (!partition
                .chars()
                .allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
            throw new BackEndFailure(FaultCode.REQUEST_PARAMETER, Step.FETCH, "the parameter cannot name a partition");
        }
        return files.file().replace("{partition}", partition);
    }

    private Snapshot snapshot(SftpClient session, Instant deadline) throws IOException {
        Snapshot known = current.get();
        Instant now = clock.instant();
        if (known != null && Duration.between(known.readAt(), now).compareTo(files.fresh()) < 0) {
            return known;
        }
        String folder = Snapshot.folderIn(
                Utf8.decode(octets(session, files.folder() + "/" + files.current(), MAX_POINTER_BYTES, deadline)));
        int maxManifestBytes = intake == null ? MAX_MANIFEST_BYTES : MAX_DOCUMENT_MANIFEST_BYTES;
        String manifest = files.folder() + "/" + folder + "/" + files.manifest();
        Snapshot read = Snapshot.parse(folder, Utf8.decode(octets(session, manifest, maxManifestBytes, deadline)), now);
        current.set(read);
        return read;
    }

    private byte[] partition(SftpClient session, Snapshot snapshot, String name, Instant deadline) throws IOException {
        String expected = snapshot.digests().get(name);
        if (expected == null) {
            throw new BackEndFailure(
                    FaultCode.BACKEND_MALFORMED, Step.FETCH, "the manifest does not list the partition's file");
        }
        String path = files.folder() + "/" + snapshot.folder() + "/" + name;
        byte[] octets = octets(session, path, declaration.limits().answerBytes(), deadline);
        if (!expected.equals(HexFormat.of().formatHex(sha256(octets)))) {
            throw new BackEndFailure(
                    FaultCode.BACKEND_MALFORMED, Step.FETCH, name + " does not have the digest of the manifest");
        }
        return octets;
    }

    private byte[] octets(SftpClient session, String path, int maxBytes, Instant deadline) throws IOException {
        try (InputStream in = session.read(path)) {
            return BoundedBody.read(in, maxBytes, deadline, clock);
        }
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private XdmNode rows(String text, String value, Snapshot snapshot) throws UnreadableException {
        CsvRows csv = new CsvRows(text);
        List<String> columns = csv.next().orElseThrow(() -> new UnreadableException("the header line is missing"));
        int key = columns.indexOf(files.key());
        if (key < 0) {
            throw new UnreadableException("the column '" + files.key() + "' is missing");
        }
        Map<String, String> about = new LinkedHashMap<>(snapshot.about());
        RowsWriter writer =
                new RowsWriter(processor, about, declaration.limits().answerBytes());
        writer.startRows("file");
        int line = csv.line();
        Optional<List<String>> row = csv.next();
        while (row.isPresent()) {
            List<String> fields = row.get();
            if (fields.size() != columns.size()) {
                throw new UnreadableException(
                        "line " + line + " has " + fields.size() + " fields instead of " + columns.size());
            }
            if (fields.get(key).equals(value)) {
                write(writer, columns, fields);
            }
            line = csv.line();
            row = csv.next();
        }
        writer.endRows();
        return writer.finish();
    }

    private static void write(RowsWriter writer, List<String> columns, List<String> fields) throws UnreadableException {
        writer.startRow();
        for (int i = 0; i < columns.size(); i++) {
            // An empty field is how a file says that there is none.
            if (!fields.get(i).isEmpty() && !writer.value(columns.get(i), fields.get(i))) {
                throw new UnreadableException("the rows are larger than their bound");
            }
        }
        writer.endRow();
    }

    @Override
    public void close() {
        sessions.close();
    }
}
