package org.wasl.node.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wasl.node.configuration.KeyStorage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.Pem;
import org.wasl.security.authority.SigningRequest;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.keys.HeldKey;
import org.wasl.security.keys.KeyCustody;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Works with members' keys, in files or in a token, as the node's configuration says. */
@Command(
        name = "keys",
        subcommands = {KeysCommand.Show.class, KeysCommand.Generate.class, KeysCommand.Import.class})
final class KeysCommand extends CommandGroup {

    private static final int MAX_CERTIFICATE_OCTETS = 64 * 1024;

    /** Which node's keys. */
    static final class Place {

        @Mixin
        DataOption data = new DataOption();

        @Option(names = "--config", paramLabel = "FILE", descriptionKey = "keys.config")
        @Nullable
        Path configuration;

        KeyCustody open() throws IOException, GeneralSecurityException {
            return KeyStorage.open(data.directory(), Optional.ofNullable(configuration));
        }
    }

    /** What a command does with an open custody. */
    @FunctionalInterface
    private interface Work {
        int with(KeyCustody custody) throws IOException, GeneralSecurityException;
    }

    private static int run(Console console, boolean json, Place place, Work work) {
        try (KeyCustody custody = place.open()) {
            return work.with(custody);
        } catch (IOException | GeneralSecurityException | RuntimeException failed) {
            if (failed instanceof RuntimeException bug && !(failed instanceof IllegalArgumentException)) {
                throw bug;
            }
            return console.fail(json, ExitCode.UNAVAILABLE, "keys.failed", Failures.reason(failed));
        }
    }

    private static Map<String, Object> document(HeldKey key, String state) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", key.name());
        document.put("member", key.member().toString());
        document.put("use", key.use().name());
        document.put("place", key.place());
        document.put("extractable", key.extractable());
        document.put("state", state);
        document.put("daysLeft", daysLeft(key));
        document.put("serial", key.certificate().getSerialNumber().toString(16));
        document.put("subject", key.certificate().getSubjectX500Principal().getName());
        document.put("notAfter", key.certificate().getNotAfter().toInstant().toString());
        return document;
    }

    private static long daysLeft(HeldKey key) {
        return Duration.between(Instant.now(), key.certificate().getNotAfter().toInstant())
                .toDays();
    }

    /** Lists the keys. */
    @Command(name = "list")
    static final class Show implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Mixin
        Place place = new Place();

        Show(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            Optional<Registry> registry =
                    OfflineTrust.of(place.data.directory(), console).map(OfflineTrust::registry);
            if (registry.isEmpty()) {
                return console.fail(
                        shared.json,
                        ExitCode.UNAVAILABLE,
                        "error.no-trust",
                        place.data.directory().root());
            }
            Set<MemberId> members = new TreeSet<>();
            for (Member member : registry.get().members()) {
                members.add(member.id());
            }
            return run(console, shared.json, place, custody -> list(custody.keys(members), registry.get()));
        }

        private int list(List<HeldKey> keys, Registry registry) {
            Table table = new Table("  ");
            List<Map<String, Object>> documents = new ArrayList<>();
            for (HeldKey key : keys) {
                String state = state(key, registry);
                documents.add(document(key, state));
                table.row(
                        key.member().toString(),
                        key.use().name().toLowerCase(Locale.ROOT),
                        key.name(),
                        console.texts().text("keys.state." + state),
                        console.texts().text("keys.days", daysLeft(key)),
                        console.texts().text(key.extractable() ? "keys.extractable" : "keys.not-extractable"),
                        key.place());
            }
            if (shared.json) {
                console.json(documents);
            } else {
                table.lines().forEach(console::print);
            }
            return ExitCode.OK;
        }

        private static String state(HeldKey key, Registry registry) {
            if (key.use().signsNotes()) {
                boolean listed = registry.member(key.member()).stream()
                        .flatMap(member -> member.noteKeys().stream())
                        .anyMatch(note -> note.key().equals(key.certificate().getPublicKey()));
                return listed ? "listed" : "not-listed";
            }
            if (key.isUncertified()) {
                return "uncertified";
            }
            return registry.certificate(key.member(), key.use(), key.certificate())
                            .isPresent()
                    ? "listed"
                    : "not-listed";
        }
    }

    /** Which key. */
    static final class Meant {

        @Option(names = "--member", required = true, paramLabel = "JO/GOV/CSPD", descriptionKey = "keys.member")
        String member = "";

        @Option(
                names = "--use",
                paramLabel = "MESSAGE|MESSAGE_ISSUER|ENCRYPTION|CHECKPOINT|WITNESS",
                descriptionKey = "keys.use")
        CertificateUse use = CertificateUse.MESSAGE;
    }

    /** Makes a key and asks for its certificate. */
    @Command(name = "generate")
    static final class Generate implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Mixin
        Place place = new Place();

        @Mixin
        Meant meant = new Meant();

        @Option(names = "--request", paramLabel = "FILE", descriptionKey = "keys.request")
        @Nullable
        Path request;

        Generate(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            MemberId member = MemberId.parse(meant.member);
            return run(console, shared.json, place, custody -> generate(custody, member));
        }

        private int generate(KeyCustody custody, MemberId member) throws IOException, GeneralSecurityException {
            HeldKey key = custody.generate(member, meant.use);
            // Nobody certifies a key that signs notes: the registry lists the public key itself.
            boolean bare = meant.use.signsNotes();
            byte[] pem = bare
                    ? Pem.publicKey(key.certificate().getPublicKey())
                    : Pem.signingRequest(SigningRequest.write(key, "O=" + member));
            String text = new String(pem, StandardCharsets.US_ASCII);
            if (request != null) {
                AtomicFile.write(request, pem, Readers.EVERYBODY);
            }
            if (shared.json) {
                Map<String, Object> document = document(key, bare ? "not-listed" : "uncertified");
                document.put(bare ? "publicKey" : "request", text);
                console.json(document);
                return ExitCode.OK;
            }
            console.say("keys.generated", key.name(), key.place());
            if (request == null) {
                console.print(text.strip());
            } else {
                console.say("keys.requested", request);
            }
            return ExitCode.OK;
        }
    }

    /** Gives a key its certificate. */
    @Command(name = "import")
    static final class Import implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Mixin
        Place place = new Place();

        @Mixin
        Meant meant = new Meant();

        @Option(names = "--certificate", required = true, paramLabel = "FILE", descriptionKey = "keys.certificate")
        Path certificate = Path.of("");

        Import(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            MemberId member = MemberId.parse(meant.member);
            return run(console, shared.json, place, custody -> take(custody, member));
        }

        private int take(KeyCustody custody, MemberId member) throws IOException, GeneralSecurityException {
            List<X509Certificate> chain = chain();
            Optional<HeldKey> key = custody.keys(Set.of(member)).stream()
                    .filter(held -> held.use() == meant.use)
                    .filter(held -> held.certificate()
                            .getPublicKey()
                            .equals(chain.get(0).getPublicKey()))
                    .findFirst();
            if (key.isEmpty()) {
                return console.fail(shared.json, ExitCode.REFUSED, "keys.no-such-key", member, certificate);
            }
            HeldKey certified = custody.certify(key.get(), chain);
            if (shared.json) {
                console.json(document(certified, "not-listed"));
            } else {
                console.say("keys.imported", certified.name(), daysLeft(certified));
            }
            return ExitCode.OK;
        }

        private List<X509Certificate> chain() throws IOException, GeneralSecurityException {
            byte[] octets = AtomicFile.read(certificate, MAX_CERTIFICATE_OCTETS);
            List<X509Certificate> chain = new ArrayList<>();
            for (var found :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(octets))) {
                chain.add((X509Certificate) found);
            }
            if (chain.isEmpty()) {
                throw new GeneralSecurityException(certificate + " holds no certificate");
            }
            return chain;
        }
    }
}
