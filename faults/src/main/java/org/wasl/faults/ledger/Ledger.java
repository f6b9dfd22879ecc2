package org.wasl.faults.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** An append-only file of entries, each on the disk before its call returns. Safe for many threads. */
public final class Ledger implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final FileChannel file;
    private long written;
    private long forced;

    private Ledger(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /** Goes on where the file ends; makes it when it is not there. */
    public static Ledger open(Path path) throws IOException {
        return new Ledger(path, FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /**
     * Writes it down.
     *
     * @throws UncheckedIOException when it cannot be written; a harness without a ledger shows nothing, so nobody goes on
     */
    public void append(LedgerEntry entry) {
        try {
            byte[] line = (JSON.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
            force(write(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry is always JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger cannot be written", e);
        }
    }

    private synchronized long write(byte[] line) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(line);
        while (octets.hasRemaining()) {
            file.write(octets);
        }
        written++;
        return written;
    }

    /** Whoever comes while another forces waits for that, and is often forced along. */
    private void force(long own) throws IOException {
        synchronized (file) {
            if (forced >= own) {
                return;
            }
            long covered;
            synchronized (this) {
                covered = written;
            }
            file.force(false);
            forced = covered;
        }
    }

    /** What it holds now, in order. */
    public List<LedgerEntry> entries() throws IOException {
        return read(path);
    }

    /** How many octets it has now: where the next entry will begin. */
    public synchronized long size() throws IOException {
        return file.size();
    }

    /**
     * What was written since it had so many octets, in order: long runs are not read anew for each fault.
     *
     * @param from an earlier {@link #size()}
     */
    public List<LedgerEntry> entries(long from) throws IOException {
        long until = size();
        try (InputStream in = Files.newInputStream(path)) {
            in.skipNBytes(from);
            return entries(new String(in.readNBytes(Math.toIntExact(until - from)), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
    }

    /** Reads a ledger. */
    public static List<LedgerEntry> read(Path path) throws IOException {
        return entries(Files.readAllLines(path, StandardCharsets.UTF_8));
    }

    private static List<LedgerEntry> entries(List<String> lines) throws IOException {
        List<LedgerEntry> entries = new ArrayList<>();
        for (String line : lines) {
            entries.add(JSON.readValue(line, LedgerEntry.class));
        }
        return entries;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
