package org.wasl.connectors.samples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.wasl.connectors.declaration.DeclarationFiles;

/**
 * The sample agencies' declarations. The node must give the properties {@code cspd.jdbc-url}, {@code cspd.user},
 * {@code dvld.base-url}, {@code ptax.address}, {@code ptax.user}, {@code moj.host}, {@code moj.port}, {@code moj.user} and
 * {@code moj.host-key}, and the secrets {@code cspd.reader}, {@code dvld.api-key}, {@code ptax.bus} and {@code moj.sftp}.
 */
public final class SampleDeclarations implements DeclarationFiles {

    // Listed rather than searched for: a class path inside a jar inside a jar cannot be walked everywhere.
    private static final List<String> DECLARATIONS = List.of(
            "CSPD/life-status.yaml",
            "CSPD/person-record.yaml",
            "DVLD/fines-of-person.yaml",
            "DVLD/fines-of-vehicle.yaml",
            "DVLD/vehicle-record.yaml",
            "DVLD/vehicles-of-person.yaml",
            "MOJ/attachments.yaml",
            "MOJ/conviction-status.yaml",
            "PTAX/property-account.yaml");

    @Override
    public List<String> declarations() {
        return DECLARATIONS;
    }

    @Override
    public String text(String name) throws IOException {
        try (InputStream in = SampleDeclarations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("there is no sample " + name);
            }
            return new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8);
        }
    }
}
