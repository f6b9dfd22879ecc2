package org.wasl.node.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.security.authority.CertificateOrder;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.authority.Pem;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.SigningRequest;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Issues a certificate for the key of a certification request. */
@Command(name = "issue")
final class PkiIssueCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    PkiCommand.Place place = new PkiCommand.Place();

    @Mixin
    PkiCommand.AuthorityOption authority = new PkiCommand.AuthorityOption();

    @Option(names = "--profile", paramLabel = "PROFILE", descriptionKey = "pki.profile")
    CertificateProfile profile = CertificateProfile.MESSAGE;

    @Option(names = "--organisation", paramLabel = "NAME", required = true, descriptionKey = "pki.subject")
    String organisation = "";

    @Option(names = "--name", paramLabel = "NAME", required = true, descriptionKey = "pki.common-name")
    String commonName = "";

    @Option(names = "--host", paramLabel = "HOST", descriptionKey = "pki.host")
    List<String> hosts = new ArrayList<>();

    @Option(names = "--days", paramLabel = "N", descriptionKey = "pki.days")
    int days = 365;

    @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "pki.out")
    Path out = Path.of("");

    @Parameters(paramLabel = "REQUEST", descriptionKey = "pki.request")
    Path request = Path.of("");

    PkiIssueCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        authority.check(console);
        Optional<PublicKey> key;
        try {
            key = provenKey();
        } catch (IOException unreadable) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.file", request, Failures.reason(unreadable));
        }
        if (key.isEmpty()
                || commonName.isBlank()
                || commonName.length() > 64
                || days < 1
                || days > PkiBounds.MOST_DAYS) {
            return console.fail(shared.json, ExitCode.REFUSED, "pki.bad-request", request);
        }
        return place.run(console, shared, pki -> issue(pki, key.get()));
    }

    private int issue(Pki pki, PublicKey key) throws IOException, GeneralSecurityException {
        X509Certificate certificate = pki.issue(
                authority.name,
                new CertificateOrder(profile, organisation, commonName, key, hosts, Duration.ofDays(days)));
        AtomicFile.write(out, Pem.certificates(List.of(certificate)), Readers.EVERYBODY);
        if (shared.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("serial", certificate.getSerialNumber().toString(16));
            document.put("subject", certificate.getSubjectX500Principal().getName());
            document.put("validTo", certificate.getNotAfter().toInstant().toString());
            document.put("file", out.toString());
            console.json(document);
        } else {
            console.say(
                    "pki.issued",
                    certificate.getSerialNumber().toString(16),
                    certificate.getNotAfter().toInstant(),
                    out);
        }
        return ExitCode.OK;
    }

    private Optional<PublicKey> provenKey() throws IOException {
        byte[] octets = AtomicFile.read(request, PkiCommand.MAX_FILE_OCTETS);
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        if (!text.contains("-----BEGIN")) {
            return SigningRequest.provenKey(octets);
        }
        String body = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            return SigningRequest.provenKey(Base64.getDecoder().decode(body));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
