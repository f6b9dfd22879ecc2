package org.wasl.node.command;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wasl.security.authority.IssuedCertificate;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.RevocationReason;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Revokes a certificate: the responder says so at once, and a new list is written. */
@Command(name = "revoke")
final class PkiRevokeCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    PkiCommand.Place place = new PkiCommand.Place();

    @Mixin
    PkiCommand.AuthorityOption authority = new PkiCommand.AuthorityOption();

    @ArgGroup(exclusive = true, multiplicity = "1")
    Which which = new Which();

    @Option(names = "--reason", paramLabel = "REASON", descriptionKey = "pki.reason")
    RevocationReason reason = RevocationReason.UNSPECIFIED;

    @Option(names = "--date", paramLabel = "INSTANT", descriptionKey = "pki.date")
    @Nullable
    Instant date;

    @Option(names = "--list-days", paramLabel = "N", descriptionKey = "pki.list-days")
    int listDays = 7;

    /** How the certificate is named. */
    static final class Which {

        @Option(names = "--serial", paramLabel = "HEX", required = true, descriptionKey = "pki.serial")
        String serial = "";

        @Option(names = "--certificate", paramLabel = "FILE", required = true, descriptionKey = "pki.certificate")
        @Nullable
        Path certificate;
    }

    PkiRevokeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        authority.check(console);
        PkiBounds.check(authority.command, console, "--list-days", listDays, 1, PkiBounds.MOST_DAYS);
        return place.run(console, shared, this::revoke);
    }

    private int revoke(Pki pki) throws IOException, GeneralSecurityException {
        Path file = which.certificate;
        BigInteger serial;
        try {
            serial = file == null
                    ? PkiCommand.serial(which.serial)
                    : PkiCommand.certificate(file).getSerialNumber();
        } catch (NumberFormatException notHexadecimal) {
            return console.fail(shared.json, ExitCode.REFUSED, "pki.not-issued", which.serial, authority.name);
        }
        Instant since = date == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : date;
        Optional<IssuedCertificate> revoked =
                pki.revoke(authority.name, serial, new IssuedCertificate.Revocation(since, reason));
        IssuedCertificate.Revocation revocation =
                revoked.map(IssuedCertificate::revoked).orElse(null);
        if (revocation == null) {
            return console.fail(shared.json, ExitCode.REFUSED, "pki.not-issued", serial.toString(16), authority.name);
        }
        pki.list(authority.name, Duration.ofDays(listDays));
        if (shared.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("serial", serial.toString(16));
            document.put("revokedAt", revocation.at().toString());
            document.put("reason", revocation.reason().name());
            console.json(document);
        } else {
            console.say("pki.revoked", serial.toString(16), revocation.at(), revocation.reason());
        }
        return ExitCode.OK;
    }
}
