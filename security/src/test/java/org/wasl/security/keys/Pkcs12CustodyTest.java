package org.wasl.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.security.authority.TestAuthority.CSPD;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.security.file.SecretFiles;
import org.wasl.security.registry.CertificateUse;

/** Keys in files. */
class Pkcs12CustodyTest extends KeyCustodyContract {

    @TempDir
    private Path directory;

    @Override
    KeyCustody custody() {
        return new Pkcs12Custody(directory.resolve("keys"), new SecretFiles(directory.resolve("secrets")));
    }

    @Test
    void generate_always_letsOnlyTheOwnerReadTheFile() throws Exception {
        HeldKey key = opened().generate(CSPD, CertificateUse.MESSAGE);

        assertThat(key.extractable()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(key.place()))))
                .isEqualTo("rw-------");
    }

    @Test
    void generate_forCheckpoints_makesAnEd25519KeyUnderASecretOfItsOwn() throws Exception {
        HeldKey key = opened().generate(CSPD, CertificateUse.CHECKPOINT);

        assertThat(key.certificate().getPublicKey().getAlgorithm()).isEqualTo("EdDSA");
        assertThat(directory.resolve("secrets")).isDirectoryContaining("glob:**checkpoint-JO.GOV.CSPD");
    }
}
