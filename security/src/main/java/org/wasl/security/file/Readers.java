package org.wasl.security.file;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who, beside its owner, may read a file. */
public enum Readers {
    /** Nobody: keys and secrets. */
    OWNER("rw-------", "rwx------"),
    /** Everybody: certificates, revocation lists, the registry. */
    EVERYBODY("rw-r--r--", "rwxr-xr-x");

    private final Set<PosixFilePermission> filePermissions;
    private final Set<PosixFilePermission> directoryPermissions;

    Readers(String file, String directory) {
        this.filePermissions = Set.copyOf(PosixFilePermissions.fromString(file));
        this.directoryPermissions = Set.copyOf(PosixFilePermissions.fromString(directory));
    }

    Set<PosixFilePermission> filePermissions() {
        return filePermissions;
    }

    Set<PosixFilePermission> directoryPermissions() {
        return directoryPermissions;
    }
}
