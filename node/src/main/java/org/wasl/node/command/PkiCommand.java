package org.wasl.node.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.registry.CertificateUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs certificate authorities: those of the demonstration, or others kept the same way. */
@Command(
        name = "pki",
        subcommands = {
            PkiCommand.Init.class,
            PkiIssueCommand.class,
            PkiRevokeCommand.class,
            PkiCommand.Crl.class,
            PkiCommand.Ocsp.class,
            PkiCommand.Tsa.class,
            PkiListCommand.class,
            PkiExpiringCommand.class
        })
final class PkiCommand extends CommandGroup {

    static final int MAX_FILE_OCTETS = 64 * 1024;

    /** Something done with the authorities of a directory. */
    @FunctionalInterface
    interface Work {
        int with(Pki pki) throws IOException, GeneralSecurityException, InterruptedException;
    }

    /** What most commands of this group take. */
    static final class Place {

        @Option(names = "--publication", paramLabel = "URI", descriptionKey = "pki.publication")
        URI publication = DemoAuthority.EXAMPLE_PUBLICATION;

        @Mixin
        DataOption data = new DataOption();

        /** Does the work, and says what was missing or wrong when it cannot be done. */
        int run(Console console, SharedOptions shared, Work work) {
            Pki pki = new Pki(new TrustFiles(data.directory().root()), publication, Clock.systemUTC());
            try {
                return work.with(pki);
            } catch (NoSuchFileException missing) {
                return console.fail(shared.json, ExitCode.UNAVAILABLE, "pki.no-authority", missing.getFile());
            } catch (IOException | GeneralSecurityException failed) {
                return console.fail(shared.json, ExitCode.REFUSED, "pki.failed", Failures.reason(failed));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return ExitCode.OK;
            }
        }
    }

    /** The authority that a command works with. */
    static final class AuthorityOption {

        @Option(names = "--authority", paramLabel = "NAME", required = true, descriptionKey = "pki.authority")
        String name = "";

        @Spec(Spec.Target.MIXEE)
        CommandSpec command = CommandSpec.create();

        /** Refuses what can be no authority's name. */
        void check(Console console) {
            checkName(command, console, name);
        }
    }

    static void checkName(CommandSpec command, Console console, String name) {
        if (!Pki.isName(name)) {
            throw new ParameterException(command.commandLine(), console.texts().text("pki.bad-name"));
        }
    }

    static BigInteger serial(String hexadecimal) {
        return new BigInteger(hexadecimal.replace(":", ""), 16);
    }

    static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    /** Makes a root and an issuing authority for a use. */
    @Command(name = "init")
    static final class Init implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Mixin
        Place place = new Place();

        @Option(names = "--use", paramLabel = "USE", required = true, descriptionKey = "pki.use")
        CertificateUse use = CertificateUse.MESSAGE;

        @Option(names = "--organisation", paramLabel = "NAME", required = true, descriptionKey = "pki.organisation")
        String organisation = "";

        Init(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return place.run(console, shared, pki -> {
                String name = pki.init(use, organisation);
                if (shared.json) {
                    console.json(Map.of("authority", name));
                } else {
                    console.say("pki.made", name, place.data.directory().authority());
                }
                return ExitCode.OK;
            });
        }
    }

    /** Writes a new revocation list. */
    @Command(name = "crl")
    static final class Crl implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Mixin
        Place place = new Place();

        @Mixin
        AuthorityOption authority = new AuthorityOption();

        @Option(names = "--days", paramLabel = "N", descriptionKey = "pki.list-days")
        int days = 7;

        @Spec
        CommandSpec command = CommandSpec.create();

        Crl(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            authority.check(console);
            PkiBounds.check(command, console, "--days", days, 1, PkiBounds.MOST_DAYS);
            return place.run(console, shared, pki -> {
                X509CRL list = pki.list(authority.name, Duration.ofDays(days));
                int revoked = list.getRevokedCertificates() == null
                        ? 0
                        : list.getRevokedCertificates().size();
                Path file = pki.listFile(authority.name);
                if (shared.json) {
                    Map<String, Object> document = new LinkedHashMap<>();
                    document.put("file", file.toString());
                    document.put("revoked", revoked);
                    document.put("nextUpdate", list.getNextUpdate().toInstant().toString());
                    console.json(document);
                } else {
                    console.say(
                            "pki.list-written",
                            file,
                            revoked,
                            list.getNextUpdate().toInstant());
                }
                return ExitCode.OK;
            });
        }
    }

    /** Answers for the status of certificates until it is stopped. */
    @Command(name = "ocsp")
    static final class Ocsp implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Mixin
        Place place = new Place();

        @Option(names = "--port", paramLabel = "PORT", descriptionKey = "pki.port")
        int port = 8085;

        @Option(names = "--minutes", paramLabel = "N", descriptionKey = "pki.minutes")
        int minutes = 10;

        @Spec
        CommandSpec command = CommandSpec.create();

        Ocsp(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            PkiBounds.check(command, console, "--port", port, 0, PkiBounds.MOST_PORT);
            PkiBounds.check(command, console, "--minutes", minutes, 1, PkiBounds.MOST_MINUTES);
            return place.run(
                    console,
                    shared,
                    pki -> PkiServing.until(console, pki, port, Duration.ofMinutes(minutes), "ocsp/NAME", shared.json));
        }
    }

    /** Signs time-stamps until it is stopped. */
    @Command(name = "tsa")
    static final class Tsa implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Mixin
        Place place = new Place();

        @Option(names = "--port", paramLabel = "PORT", descriptionKey = "pki.port")
        int port = 8086;

        @Spec
        CommandSpec command = CommandSpec.create();

        Tsa(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            PkiBounds.check(command, console, "--port", port, 0, PkiBounds.MOST_PORT);
            return place.run(console, shared, pki -> {
                pki.timeStamps();
                return PkiServing.until(console, pki, port, Duration.ofMinutes(10), "tsa", shared.json);
            });
        }
    }
}
