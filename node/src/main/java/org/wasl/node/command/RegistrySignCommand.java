package org.wasl.node.command;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.authority.RegistryAuthority;
import org.wasl.security.authority.SigningOutcome;
import org.wasl.security.authority.SigningTerms;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryXml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Signs the draft as the next version. */
@Command(name = "sign")
final class RegistrySignCommand implements Callable<Integer> {

    private static final Pattern SHORT = Pattern.compile("([0-9]{1,5})([dhms])");
    private static final Duration LONGEST = Duration.ofDays(3652);

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    AuthorityOption authority = new AuthorityOption();

    @Mixin
    PasswordOption password = new PasswordOption();

    @Option(names = "--expires", paramLabel = "DURATION|INSTANT", descriptionKey = "registry.expires")
    String expires = "90d";

    @Option(names = "--grace", paramLabel = "DURATION", descriptionKey = "registry.grace")
    String grace = "";

    @Option(names = "--version", paramLabel = "N", descriptionKey = "registry.version-number")
    long version;

    RegistrySignCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws GeneralSecurityException {
        Instant now = Instant.now();
        SigningTerms terms;
        try {
            terms = new SigningTerms(
                    version == 0 ? OptionalLong.empty() : OptionalLong.of(version),
                    validity(now),
                    grace.isEmpty() ? Optional.empty() : Optional.of(duration(grace)));
        } catch (IllegalArgumentException | DateTimeParseException malformed) {
            return console.fail(shared.json, ExitCode.USAGE, "registry.bad-terms", Failures.reason(malformed));
        }
        RegistryAuthority desk = authority.authority();
        try {
            Optional<String> secret = password.read(console.texts());
            if (secret.isEmpty()) {
                return console.fail(
                        shared.json, ExitCode.USAGE, "registry.no-password", PasswordOption.LEAST_CHARACTERS);
            }
            SigningOutcome outcome = desk.sign(new RegistryXml(SchemaCatalogue.load()), terms, secret.get(), now);
            if (outcome instanceof SigningOutcome.Refused refused) {
                return RegistrySentences.problems(
                        console, shared.json, desk.draftFile().toString(), refused.problems());
            }
            return report(desk, ((SigningOutcome.Signed) outcome).registry());
        } catch (IOException failed) {
            return console.fail(
                    shared.json, ExitCode.UNAVAILABLE, "registry.file", authority.path, Failures.reason(failed));
        }
    }

    private Duration validity(Instant now) {
        Duration validity = expires.contains("T") && !expires.startsWith("P")
                ? Duration.between(now, Instant.parse(expires))
                : duration(expires);
        if (validity.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a registry is valid for at most ten years");
        }
        return validity;
    }

    /** {@code 90d}, {@code 12h}, {@code 30m}, {@code 10s}, or as ISO 8601 has it. */
    static Duration duration(String text) {
        Matcher form = SHORT.matcher(text);
        if (!form.matches()) {
            return Duration.parse(text);
        }
        long count = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "d" -> Duration.ofDays(count);
            case "h" -> Duration.ofHours(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofSeconds(count);
        };
    }

    private int report(RegistryAuthority desk, Registry signed) {
        if (shared.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", true);
            document.put("version", signed.version());
            document.put("issued", signed.issued().toString());
            document.put("expires", signed.expires().toString());
            document.put("grace", signed.grace().toString());
            document.put("signed", desk.signedDirectory().toString());
            console.json(document);
        } else {
            console.say("registry.signed", signed.version(), signed.expires(), desk.signedDirectory());
            if (!signed.grace().isZero()) {
                console.say("registry.signed-grace", signed.expires().plus(signed.grace()));
            }
        }
        return ExitCode.OK;
    }
}
