package org.wasl.node.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.note.VerifierKey;
import org.wasl.messagelog.verify.CheckpointTrust;
import org.wasl.messagelog.verify.StampCheck;
import org.wasl.node.data.DataDirectory;
import org.wasl.security.registry.Registry;
import org.wasl.security.timestamp.TimeStampVerdict;
import org.wasl.security.timestamp.TimeStampVerifier;
import picocli.CommandLine.Option;

/** Whose checkpoints and cosignatures are believed: a registry's keys, and those that one names oneself. */
final class WitnessOptions {

    @Option(names = "--registry", paramLabel = "DIR", descriptionKey = "log.registry")
    @Nullable
    Path registry;

    @Option(names = "--vkey", paramLabel = "VKEY", descriptionKey = "log.vkey")
    List<String> logKeys = new ArrayList<>();

    @Option(names = "--witness", paramLabel = "VKEY", descriptionKey = "log.witness")
    List<String> witnessKeys = new ArrayList<>();

    @Option(names = "--quorum", paramLabel = "K", descriptionKey = "log.quorum")
    @Nullable
    Integer quorum;

    /** The directory whose registry is trusted: the one that is named, else that of the log. */
    DataDirectory directory(DataDirectory ofLog) {
        return registry == null ? ofLog : new DataDirectory(registry);
    }

    /** Who is believed; empty, and said why, when a key cannot be read. */
    Optional<CheckpointTrust> trust(Optional<Registry> trusted, Console console) {
        Optional<List<VerifierKey>> logs = keys(logKeys, console);
        Optional<List<VerifierKey>> witnesses = keys(witnessKeys, console);
        if (logs.isEmpty() || witnesses.isEmpty()) {
            return Optional.empty();
        }
        CheckpointTrust trust = trusted.map(known -> CheckpointTrust.of(known).stampedBy(stamps(known)))
                .orElse(CheckpointTrust.NONE)
                .with(logs.get(), witnesses.get());
        return Optional.of(quorum == null ? trust : trust.requiring(Math.max(0, quorum)));
    }

    private static StampCheck stamps(Registry registry) {
        TimeStampVerifier verifier = TimeStampVerifier.offline();
        return (token, text) -> finding(verifier.verify(token, text, registry));
    }

    private static StampCheck.Finding finding(TimeStampVerdict verdict) {
        return verdict instanceof TimeStampVerdict.Proven proven
                ? new StampCheck.Finding.Genuine(proven.at())
                : new StampCheck.Finding.Refused(((TimeStampVerdict.Refused) verdict).detail());
    }

    private static Optional<List<VerifierKey>> keys(List<String> texts, Console console) {
        List<VerifierKey> keys = new ArrayList<>();
        for (String text : texts) {
            Optional<VerifierKey> key = VerifierKey.parse(text);
            if (key.isEmpty()) {
                console.note("log.no-vkey", text);
                return Optional.empty();
            }
            keys.add(key.get());
        }
        return Optional.of(keys);
    }
}
