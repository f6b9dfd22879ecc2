package org.wasl.node.cluster;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The system's PostgreSQL programs. */
final class PostgresPrograms {

    /** Under whom they run: never as root. */
    static final String USER = "postgres";

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final List<Path> OTHERS =
            List.of(Path.of("/usr/pgsql/bin"), Path.of("/usr/local/pgsql/bin"), Path.of("/usr/bin"));
    private static final String SERVER = "postgres";

    private PostgresPrograms() {}

    /** Where they are: of several versions the newest. */
    static Optional<Path> folder() {
        String told = System.getenv("WASL_POSTGRES_BIN");
        if (told != null) {
            return Optional.of(Path.of(told)).filter(PostgresPrograms::complete);
        }
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(DEBIAN)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN, "[0-9]*")) {
                versions.forEach(found::add);
            } catch (IOException unreadable) {
                // As though it were not there: the caller says that it is missing.
                found.clear();
            }
        }
        found.sort(Comparator.comparingInt(PostgresPrograms::version).reversed());
        List<Path> folders = new ArrayList<>(
                found.stream().map(version -> version.resolve("bin")).toList());
        folders.addAll(OTHERS);
        return folders.stream().filter(PostgresPrograms::complete).findFirst();
    }

    private static int version(Path folder) {
        String digits = String.valueOf(folder.getFileName()).replaceAll("[^0-9].*", "");
        return digits.isEmpty() || digits.length() > 4 ? 0 : Integer.parseInt(digits);
    }

    private static boolean complete(Path folder) {
        return List.of(SERVER, "initdb", "pg_ctl", "pg_basebackup", "pg_rewind", "pg_isready", "psql").stream()
                .allMatch(program -> Files.isExecutable(folder.resolve(program)));
    }

    /**
     * Where this one is.
     *
     * @throws ClusterException when there is none
     */
    static String path(String program) throws ClusterException {
        return folder().orElseThrow(() -> new ClusterException(ClusterProblem.MISSING, "postgresql"))
                .resolve(program)
                .toString();
    }
}
