package org.wasl.node.audit;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.wasl.messagelog.note.VerifierKey;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.registry.RegisteredWitness;

/** {@code VERIFY.md}: the commands with which a person without this program verifies one bundle, filled in for it. */
final class VerifyGuide {

    private static final DateTimeFormatter GMT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern SECTION = Pattern.compile("\\{\\{([#^])(\\w+)}}(.*?)\\{\\{/\\2}}", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("\\{\\{(\\w+)}}");

    private final Evidence evidence;
    private final CertificateFiles certificates;
    private final X509Certificate authority;

    VerifyGuide(Evidence evidence, CertificateFiles certificates, X509Certificate authority) {
        this.evidence = evidence;
        this.certificates = certificates;
        this.authority = authority;
    }

    String text() throws GeneralSecurityException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("request", evidence.found().requestId().toString());
        fields.put("fingerprint", fingerprint());
        fields.put("version", Long.toString(newest()));
        fields.put("registries", registries());
        fields.put("registered", registered());
        fields.put("paths", paths());
        fields.put("status", statuses());
        fields.put("statuses", statuses());
        fields.put("trusted", trusted());
        fields.put("containers", containers());
        fields.put("answers", bound());
        fields.put("bound", bound());
        fields.put("checkpoint", evidence.checkpoint().isPresent() ? BundleWriter.CHECKPOINT : "");
        fields.put("keys", keys());
        fields.put("signatures", signatures());
        stamp(fields);
        return filled(Resources.text("VERIFY.md"), fields);
    }

    /** Sections stand when their field is not empty, or, turned round, when it is. */
    static String filled(String template, Map<String, String> fields) {
        String text = template;
        for (Matcher section = SECTION.matcher(text); section.find(); section = SECTION.matcher(text)) {
            boolean there = !fields.getOrDefault(section.group(2), "").isEmpty();
            String kept = there == section.group(1).equals("#") ? section.group(3) : "";
            text = text.substring(0, section.start()) + kept + text.substring(section.end());
        }
        return FIELD.matcher(text)
                .replaceAll(field -> Matcher.quoteReplacement(fields.getOrDefault(field.group(1), "")));
    }

    private long newest() {
        return evidence.versions().keySet().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private String fingerprint() throws GeneralSecurityException {
        String hex = CryptoProvider.chosen().sha256Hex(authority.getEncoded()).toUpperCase(Locale.ROOT);
        return hex.replaceAll("(..)(?!$)", "$1:");
    }

    private String registries() {
        StringBuilder text = new StringBuilder();
        evidence.versions().forEach((number, version) -> {
            String file = BundleWriter.registry(number);
            text.append("openssl cms -verify -binary -inform DER -in ")
                    .append(file)
                    .append(".p7s -content ")
                    .append(file)
                    .append(
                            " \\\n    -nointern -certfile registry/authority.pem -CAfile registry/authority.pem -partial_chain")
                    .append(" -purpose any -attime ")
                    .append(version.registry().issued().getEpochSecond())
                    .append(" -out /dev/null\n");
        });
        return text.toString();
    }

    private String registered() {
        Set<String> lines = new LinkedHashSet<>();
        for (CertificateFiles.Path path : certificates.signers()) {
            if (path.registered()) {
                lines.add(inRegistry(path.signer(), path.version()));
            }
            path.between().forEach(authorityFile -> lines.add(inRegistry(authorityFile, path.version())));
            lines.add(inRegistry(path.anchor(), path.version()));
        }
        return String.join("", lines);
    }

    private static String inRegistry(String file, long version) {
        return "grep -q -F \"$(grep -v -- '-----' " + file + " | tr -d '\\n')\" " + BundleWriter.registry(version)
                + "\n";
    }

    private String paths() {
        StringBuilder text = new StringBuilder();
        for (CertificateFiles.Path path : certificates.signers()) {
            text.append("openssl verify -attime ")
                    .append(path.at().getEpochSecond())
                    .append(" -partial_chain -CAfile ")
                    .append(path.anchor());
            path.between()
                    .forEach(between -> text.append(" \\\n    -untrusted ").append(between));
            text.append(" \\\n    ").append(path.signer()).append('\n');
        }
        return text.toString();
    }

    private String statuses() {
        StringBuilder text = new StringBuilder();
        for (CertificateFiles.Status status : certificates.statuses()) {
            if (status.ocsp()) {
                text.append("openssl ocsp -respin ")
                        .append(status.evidence())
                        .append(" -attime ")
                        .append(status.at().getEpochSecond())
                        .append(" \\\n    -")
                        .append(status.digest())
                        .append(" -issuer ")
                        .append(status.issuer())
                        .append(" -cert ")
                        .append(status.subject())
                        .append(" \\\n    -partial_chain -CAfile ")
                        .append(status.anchor())
                        .append(" -no_nonce >work/status.log 2>&1\n");
                text.append("grep -q 'Response verify OK' work/status.log\n")
                        .append("grep -q -x -e good -e '.*: good' work/status.log\n");
            } else {
                text.append("openssl crl -inform DER -in ")
                        .append(status.evidence())
                        .append(" -CAfile ")
                        .append(status.issuer())
                        .append(" -noout\n");
                text.append("openssl crl -inform DER -in ")
                        .append(status.evidence())
                        .append(" -text -noout >work/status.log\n");
                text.append("if grep -q -i \"Serial Number: $(openssl x509 -in ")
                        .append(status.subject())
                        .append(" -noout -serial | cut -d= -f2)\" work/status.log; then echo revoked; false; fi\n");
            }
        }
        return text.toString();
    }

    /**
     * By what xmlsec1 believes a signer's key: the authorities where all of them are roots. It follows no path that ends
     * earlier, as openssl does in the section before; then it is given the very key whose path was found there.
     */
    private String trusted() {
        if (!certificates.signers().stream().allMatch(certificates::endsAtRoot)) {
            return "$(xmlsec1 --help-verify | grep -o -m 1 -e --lax-key-search) --enabled-key-data key-name"
                    + " --pubkey-cert-pem \"../../$3\"";
        }
        Set<String> options = new LinkedHashSet<>();
        for (CertificateFiles.Path path : certificates.signers()) {
            options.add("--trusted-pem ../../" + path.anchor());
            path.between().forEach(between -> options.add("--untrusted-pem ../../" + between));
        }
        return String.join(" ", options);
    }

    private String containers() throws GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (CaseMessage message : evidence.distinct()) {
            Optional<ContainerVerdict.Genuine> genuine = evidence.messages().stream()
                    .filter(other -> String.valueOf(message.file()).equals(other.file()))
                    .flatMap(other -> other.genuine().stream())
                    .findFirst();
            if (genuine.isEmpty()) {
                text.append("# ").append(message.file()).append(": was refused, and is kept as it came\n");
                continue;
            }
            String member = message.header().orElseThrow().sender().member().dotted();
            text.append("check_container ")
                    .append(message.file())
                    .append(" '")
                    .append(GMT.format(message.at()))
                    .append("' certificates/")
                    .append(member)
                    .append('-')
                    .append(BundleWriter.mark(genuine.get().certificate()))
                    .append(".pem\n");
        }
        return text.toString();
    }

    private String bound() {
        StringBuilder text = new StringBuilder();
        for (CaseMessage message : evidence.distinct()) {
            Container answer = message.container();
            InReplyTo named = answer == null ? null : answer.header().inReplyTo();
            Optional<CaseMessage> asked = evidence.requests().stream()
                    .filter(request -> named != null
                            && named.messageId()
                                    .toString()
                                    .equals(request.row().leaf().messageId()))
                    .findFirst();
            if (answer == null || asked.isEmpty() || message.genuine().isEmpty()) {
                continue;
            }
            String answered = folder(message);
            String question = folder(asked.get());
            text.append("grep -q \"$(openssl dgst -sha256 -r ")
                    .append(question)
                    .append("/header.xml | cut -d' ' -f1)\" ")
                    .append(answered)
                    .append("/header.xml\ngrep -q \"$(cat ")
                    .append(question)
                    .append("/payload.* | openssl dgst -sha256 -r | cut -d' ' -f1)\" ")
                    .append(answered)
                    .append("/header.xml\n");
        }
        return text.toString();
    }

    private static String folder(CaseMessage message) {
        return String.valueOf(message.file()).replace("containers/", "work/").replace(".asice", "");
    }

    private String keys() {
        if (evidence.checkpoint().isEmpty()) {
            return "";
        }
        CoveringCheckpoint checkpoint = evidence.checkpoint().get();
        StringBuilder text = new StringBuilder(checkpoint.log() == null ? "" : "--log " + BundleWriter.LOG_KEY);
        int witnesses = checkpoint.cosignatures().size();
        for (int i = 1; i <= witnesses; i++) {
            text.append(" --witness keys/witness-").append(i).append(".vkey");
        }
        return text.append(" --quorum ")
                .append(Math.min(witnesses, checkpoint.quorum()))
                .toString();
    }

    private String signatures() {
        if (evidence.checkpoint().isEmpty()) {
            return "";
        }
        CoveringCheckpoint checkpoint = evidence.checkpoint().get();
        StringBuilder text = new StringBuilder();
        VerifierKey log = checkpoint.log();
        if (log != null) {
            text.append("signature_of ")
                    .append(log.name())
                    .append(" >work/log.signature\nopenssl pkeyutl -verify -pubin -inkey keys/log.pem -rawin -in ")
                    .append(BundleWriter.BODY)
                    .append(" -sigfile work/log.signature\n");
        }
        int number = 0;
        for (RegisteredWitness witness : checkpoint.cosignatures().keySet()) {
            String name = "witness-" + ++number;
            text.append("signature_of ")
                    .append(witness.name())
                    .append(" >work/")
                    .append(name)
                    .append(".timed\n");
            text.append("time=$(head -c 8 work/")
                    .append(name)
                    .append(
                            ".timed | od -An -v -tu1 | awk '{for (i = 1; i <= NF; i++) t = t * 256 + $i} END {print t}')\n");
            text.append("tail -c 64 work/")
                    .append(name)
                    .append(".timed >work/")
                    .append(name)
                    .append(".signature\n");
            text.append("{ printf 'cosignature/v1\\ntime %s\\n' \"$time\"; cat ")
                    .append(BundleWriter.BODY)
                    .append("; } >work/")
                    .append(name)
                    .append(".message\n");
            text.append("openssl pkeyutl -verify -pubin -inkey keys/")
                    .append(name)
                    .append(".pem -rawin -in work/")
                    .append(name)
                    .append(".message -sigfile work/")
                    .append(name)
                    .append(".signature\n");
            text.append("date -u -d \"@$time\" '+     ").append(witness.name()).append(" saw it at %FT%TZ'\n");
        }
        return text.toString();
    }

    private void stamp(Map<String, String> fields) {
        Optional<CertificateFiles.Path> path = certificates.stamping();
        if (path.isEmpty() || evidence.stamp().isEmpty()) {
            return;
        }
        Instant at = evidence.stamp().get().at();
        List<String> between = path.get().between();
        fields.put("stamp", at.toString());
        fields.put("stampEpoch", Long.toString(at.getEpochSecond()));
        fields.put("stampAnchor", path.get().anchor());
        fields.put(
                "stampBetween",
                between.stream().map(file -> " -untrusted " + file).collect(Collectors.joining()));
    }
}
