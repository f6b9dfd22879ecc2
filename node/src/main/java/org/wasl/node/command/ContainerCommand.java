package org.wasl.node.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.Header;
import org.wasl.security.container.OpenResult;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.container.PlainPayload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks into signed containers, offline. */
@Command(
        name = "container",
        subcommands = {ContainerCommand.Show.class, ContainerCommand.Verify.class})
final class ContainerCommand extends CommandGroup {

    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("larger than " + MAX_BYTES + " bytes");
        }
        return Files.readAllBytes(file);
    }

    private static Map<String, Object> document(Container container) {
        Header header = container.header();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("messageId", header.messageId().toString());
        document.put("correlationId", header.correlationId());
        document.put("kind", header.kind().name());
        document.put("sender", header.sender().toString());
        document.put("consumer", header.consumer().toString());
        document.put("provider", header.provider().toString());
        document.put("service", header.service().toString());
        document.put("purpose", header.purpose());
        document.put("legalBasis", header.legalBasis());
        document.put("actor", header.actor().kind() + " " + header.actor().id());
        document.put("issued", header.issued().toString());
        document.put("expires", header.expires().toString());
        if (header.inReplyTo() != null) {
            document.put("inReplyTo", header.inReplyTo().messageId().toString());
        }
        document.put("headerDigest", container.headerDigest());
        document.put("payloadDigest", container.payloadDigest());
        if (header.plainPayloadDigest() != null) {
            document.put("plainPayloadDigest", header.plainPayloadDigest());
            document.put("encryptedTo", PayloadOpener.keyless().recipients(container));
        }
        return document;
    }

    private static int refused(Console console, boolean json, Path file, Fault fault) {
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("file", file.toString());
            document.put("genuine", false);
            document.put("code", fault.code().wireCode());
            document.put("stage", fault.stage().wireName());
            document.put("detail", fault.detail());
            console.json(document);
        } else {
            String label = console.texts().arabic()
                    ? fault.code().arabic()
                    : fault.code().english();
            console.say("container.refused", file, fault.code().wireCode(), label, fault.detail());
        }
        return ExitCode.REFUSED;
    }

    private static void table(Console console, Map<String, Object> document) {
        Table table = new Table("  ");
        document.forEach((name, value) -> table.row("  " + name, value.toString()));
        table.lines().forEach(console::print);
    }

    /** Shows what a container says. */
    @Command(name = "show")
    static final class Show implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Option(names = "--data", paramLabel = "DIR", descriptionKey = "container.keys")
        Path data = Path.of("data");

        @Parameters(paramLabel = "FILE", descriptionKey = "container.file")
        Path file = Path.of("");

        Show(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            OpenResult result;
            try {
                result = OfflineTrust.opener().open(read(file));
            } catch (IOException unreadable) {
                return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.file", file, Failures.reason(unreadable));
            }
            if (result instanceof OpenResult.Refused refused) {
                return refused(console, shared.json, file, refused.fault());
            }
            return shown(((OpenResult.Opened) result).container());
        }

        /** A document is no text: it is named, and any unzip takes it out. */
        private int withDocument(Container container) {
            Map<String, Object> document = document(container);
            document.put("payloadMediaType", container.header().payloadMediaType());
            document.put("payloadOctets", container.payload().length);
            if (shared.json) {
                console.json(document);
            } else {
                console.say("container.shown", file);
                table(console, document);
            }
            return ExitCode.OK;
        }

        private int shown(Container container) {
            if (container.header().hasDocument()) {
                return withDocument(container);
            }
            PlainPayload plain = OfflineKeys.opener(new DataDirectory(data), container.header(), console)
                    .open(container);
            byte[] payload = container.payload();
            if (plain instanceof PlainPayload.Opened opened) {
                payload = opened.octets();
            } else if (((PlainPayload.Refused) plain).fault().code() != FaultCode.ENCRYPTION_NOT_FOR_US) {
                return refused(console, shared.json, file, ((PlainPayload.Refused) plain).fault());
            }
            boolean readable = plain instanceof PlainPayload.Opened;
            Map<String, Object> document = document(container);
            String text = new String(payload, StandardCharsets.UTF_8);
            if (shared.json) {
                document.put("readable", readable);
                document.put("payload", text);
                console.json(document);
            } else {
                console.say("container.shown", file);
                table(console, document);
                console.print("");
                if (!readable) {
                    console.say("container.encrypted", data);
                }
                console.print(text);
            }
            return ExitCode.OK;
        }
    }

    /** Verifies a container against a registry. */
    @Command(name = "verify")
    static final class Verify implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Mixin
        DataOption data = new DataOption();

        @Option(names = "--at", paramLabel = "INSTANT", descriptionKey = "container.at")
        String at = "";

        @Parameters(paramLabel = "FILE", descriptionKey = "container.file")
        Path file = Path.of("");

        Verify(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            Optional<OfflineTrust> trust = OfflineTrust.of(data.directory(), console);
            if (trust.isEmpty()) {
                return console.fail(
                        shared.json,
                        ExitCode.UNAVAILABLE,
                        "error.no-trust",
                        data.directory().root());
            }
            AsicContainerVerifier verifier = trust.get().verifier();
            try {
                byte[] octets = read(file);
                return report(verifier.verify(octets, trust.get().registry(), instant(verifier, octets)));
            } catch (IOException unreadable) {
                return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.file", file, Failures.reason(unreadable));
            } catch (DateTimeParseException malformed) {
                return console.fail(shared.json, ExitCode.USAGE, "container.bad-instant", at);
            }
        }

        /** When the message was signed, by its own word: the log and its time-stamps say whether that is true. */
        private Instant instant(AsicContainerVerifier verifier, byte[] octets) {
            if (!at.isEmpty()) {
                return Instant.parse(at);
            }
            return verifier.open(octets) instanceof OpenResult.Opened opened
                    ? opened.container().header().issued()
                    : Instant.now();
        }

        private int report(ContainerVerdict verdict) {
            if (verdict instanceof ContainerVerdict.Refused refused) {
                return refused(console, shared.json, file, refused.fault());
            }
            ContainerVerdict.Genuine genuine = (ContainerVerdict.Genuine) verdict;
            Map<String, Object> document = document(genuine.container());
            String subject = genuine.certificate().getSubjectX500Principal().getName();
            if (shared.json) {
                Map<String, Object> whole = new LinkedHashMap<>();
                whole.put("file", file.toString());
                whole.put("genuine", true);
                whole.put("signer", subject);
                whole.putAll(document);
                console.json(whole);
            } else {
                console.say(
                        "container.genuine", file, genuine.container().header().sender(), subject);
                table(console, document);
            }
            return ExitCode.OK;
        }
    }
}
