package org.wasl.node.edge.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.tile.TileFiles;
import org.wasl.messagelog.tile.TilePath;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.file.AtomicFile;

/**
 * The published log, C2SP {@code tlog-tiles}: its checkpoint, tiles and entry bundles. What a path names is read as a
 * tile's name and written again: no other file can be asked for.
 */
@RestController
public final class LogFilesController {

    private static final CacheControl ONE_SECOND =
            CacheControl.maxAge(Duration.ofSeconds(1)).mustRevalidate();
    private static final CacheControl FOR_GOOD =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final Path directory;
    private final TileFiles tiles;

    /** @param directory where {@code checkpoint} and {@code tile/} stand */
    public LogFilesController(Path directory) {
        this.directory = directory;
        this.tiles = new TileFiles(directory);
    }

    @GetMapping("/log/checkpoint")
    ResponseEntity<byte[]> checkpoint() throws IOException {
        Path file = directory.resolve("checkpoint");
        if (!Files.isRegularFile(file)) {
            throw none();
        }
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "text/plain;charset=utf-8")
                .cacheControl(ONE_SECOND)
                .body(AtomicFile.read(file, SignedNote.MAX_OCTETS));
    }

    @GetMapping("/log/tile/{*name}")
    ResponseEntity<byte[]> tile(@PathVariable String name) throws IOException {
        TilePath path = TilePath.parse("tile" + name).orElseThrow(LogFilesController::none);
        byte[] octets;
        try {
            octets = tiles.read(path);
        } catch (NoSuchFileException missing) {
            throw none();
        }
        boolean entries = path.level() == TilePath.ENTRIES;
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .cacheControl(entries ? CacheControl.noStore() : FOR_GOOD)
                .body(octets);
    }

    private static RefusedException none() {
        return new RefusedException(FaultCode.RESOURCE_NOT_FOUND, "The log has published nothing of this name.");
    }
}
