package org.wasl.node.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.wasl.node.data.DataDirectory;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.registry.IdentityIssuer;

/** The demo issuer's signing key; it stays the same, so that tokens outlive a restart. */
public final class IssuerKey {

    private static final Duration VALIDITY = Duration.ofDays(3650);

    private final ECKey key;
    private final Instant from;

    private IssuerKey(ECKey key, Instant from) {
        this.key = key;
        this.from = from;
    }

    /**
     * The key of this directory, made when there is none yet.
     *
     * @throws IOException when it cannot be read or written
     */
    public static IssuerKey open(DataDirectory directory, Clock clock) throws IOException {
        Path file = directory.secrets().resolve("issuer.jwk");
        try {
            if (!Files.isRegularFile(file)) {
                ECKey made = new ECKeyGenerator(Curve.P_256)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.ES256)
                        .keyID(UUID.randomUUID().toString())
                        .issueTime(Date.from(clock.instant()))
                        .generate();
                AtomicFile.directory(directory.secrets(), Readers.OWNER);
                AtomicFile.write(file, made.toJSONString().getBytes(StandardCharsets.UTF_8), Readers.OWNER);
            }
            ECKey key = ECKey.parse(Files.readString(file, StandardCharsets.UTF_8));
            // A key that does not say is as old as its file: the registry must read the same at every start.
            Instant from = key.getIssueTime() == null
                    ? Files.getLastModifiedTime(file).toInstant()
                    : key.getIssueTime().toInstant();
            return new IssuerKey(key, from.truncatedTo(ChronoUnit.SECONDS));
        } catch (ParseException | JOSEException unusable) {
            throw new IOException("the issuer's key " + file + " cannot be used", unusable);
        }
    }

    /** The key itself, to sign with. */
    public ECKey key() {
        return key;
    }

    /**
     * The issuer as the registry is to know it.
     *
     * @param name its name in assertions
     */
    public IdentityIssuer registered(URI name) throws IOException {
        try {
            return new IdentityIssuer(
                    name,
                    List.of(new IdentityIssuer.Key(key.getKeyID(), key.toECPublicKey(), from, from.plus(VALIDITY))));
        } catch (JOSEException unusable) {
            throw new IOException("the issuer's key cannot be used", unusable);
        }
    }
}
