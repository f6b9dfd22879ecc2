package org.wasl.node.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.UUID;
import org.wasl.node.data.DataDirectory;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/** The demo issuer's signing key; it stays the same, so that tokens outlive a restart. */
public final class IssuerKey {

    private IssuerKey() {}

    /**
     * The key of this directory, made when there is none yet.
     *
     * @throws IOException when it cannot be read or written
     */
    public static ECKey open(DataDirectory directory) throws IOException {
        Path file = directory.secrets().resolve("issuer.jwk");
        try {
            if (Files.isRegularFile(file)) {
                return ECKey.parse(Files.readString(file, StandardCharsets.UTF_8));
            }
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
            AtomicFile.directory(directory.secrets(), Readers.OWNER);
            AtomicFile.write(file, key.toJSONString().getBytes(StandardCharsets.UTF_8), Readers.OWNER);
            return key;
        } catch (ParseException | JOSEException unusable) {
            throw new IOException("the issuer's key " + file + " cannot be used", unusable);
        }
    }
}
