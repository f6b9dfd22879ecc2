package org.wasl.security.attack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasl.security.container.Container;
import org.wasl.security.container.OpenResult;
import org.wasl.security.container.TestWorld;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;

/**
 * Two genuine requests that were signed once and kept, with what it takes to verify them at that time: so that a seed
 * names one mutant for good. {@link #main} writes them anew, should the format change before its release.
 */
final class Frozen {

    private static final Pattern CERTIFICATE = Pattern.compile("<ds:X509Certificate>([^<]*)");

    private final byte[] genuine = resource("genuine.asice");
    private final byte[] another = resource("another.asice");
    private final Instant at;
    private final Registry registry;

    Frozen() {
        Container opened = ((OpenResult.Opened) TestWorld.verifier().open(genuine)).container();
        at = opened.header().issued();
        X509Certificate sender = certificate(sender());
        RegisteredCertificate registered = new RegisteredCertificate(
                CertificateUse.MESSAGE, sender, at.minus(Duration.ofDays(1)), at.plus(Duration.ofDays(1)), null);
        registry = TestWorld.withKeys("EC").registry(certificate(resource("authority.cer")), registered);
    }

    byte[] genuine() {
        return genuine.clone();
    }

    RawZip another() {
        return RawZip.of(another);
    }

    Attempt attempt(byte[] octets) {
        return new Attempt(octets, registry, at);
    }

    private byte[] sender() {
        byte[] signatures = RawZip.of(genuine).entry(Terms.SIGNATURES).octets;
        Matcher found = CERTIFICATE.matcher(new String(signatures, java.nio.charset.StandardCharsets.UTF_8));
        if (!found.find()) {
            throw new AssertionError("the frozen container has no certificate");
        }
        return Base64.getDecoder().decode(found.group(1));
    }

    private static X509Certificate certificate(byte[] octets) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(octets));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = Frozen.class.getResourceAsStream("frozen/" + name)) {
            if (in == null) {
                throw new AssertionError("there is no resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes the files into the folder given. */
    public static void main(String[] arguments) throws IOException {
        Ground ground = Ground.shared();
        Map<String, byte[]> files = Map.of(
                "genuine.asice",
                ground.genuine(),
                "another.asice",
                ground.another().octets(),
                "authority.cer",
                Forger.encoded(ground.world().authority.certificate()));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(Path.of(arguments[0], file.getKey()), file.getValue());
        }
    }
}
