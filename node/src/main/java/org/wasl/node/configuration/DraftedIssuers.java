package org.wasl.node.configuration;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasl.security.registry.IdentityIssuer;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistryXml;

/**
 * Writes this node's own identity issuer into the draft of the demonstration's registry: whoever signs that draft later,
 * by whatever tool, keeps it. The rest of the draft, with its comments, stays as the operator wrote it.
 */
final class DraftedIssuers {

    /** What comes after identity issuers in a registry; its prefix, if any, is the registry's. */
    private static final Pattern NEXT = Pattern.compile("[ \\t]*<([A-Za-z]+:)?(?:federation|member)[ >]");

    private DraftedIssuers() {}

    /** The draft with these issuers and their keys; as it is when it has them, or when it cannot be read. */
    static byte[] added(byte[] draft, RegistryXml xml, List<IdentityIssuer> own) {
        byte[] complete = draft;
        for (IdentityIssuer issuer : own) {
            complete = added(complete, xml, issuer);
        }
        return complete;
    }

    private static byte[] added(byte[] draft, RegistryXml xml, IdentityIssuer own) {
        if (!(xml.readDraft(draft) instanceof RegistryReading.Readable readable) || names(readable.registry(), own)) {
            return draft;
        }
        String text = new String(draft, StandardCharsets.UTF_8);
        byte[] changed =
                inserted(text, own).map(t -> t.getBytes(StandardCharsets.UTF_8)).orElse(draft);
        boolean taken = xml.readDraft(changed) instanceof RegistryReading.Readable read && names(read.registry(), own);
        return taken ? changed : draft;
    }

    private static boolean names(Registry drafted, IdentityIssuer own) {
        return drafted.trusted().issuers().stream()
                .filter(issuer -> issuer.uri().equals(own.uri()))
                .flatMap(issuer -> issuer.keys().stream())
                .anyMatch(key -> key.id().equals(own.keys().get(0).id()));
    }

    private static Optional<String> inserted(String text, IdentityIssuer own) {
        Matcher next = NEXT.matcher(text);
        if (!next.find()) {
            return Optional.empty();
        }
        String prefix = next.group(1) == null ? "" : next.group(1);
        String start = "<" + prefix + "identityIssuer uri=\"" + own.uri() + "\">\n";
        String key = key(prefix, own.keys().get(0));
        int known = text.indexOf(start);
        if (known >= 0) {
            // An earlier key of the same issuer stays: what it signed is still on its way.
            int after = known + start.length();
            return Optional.of(text.substring(0, after) + key + text.substring(after));
        }
        String element = "  " + start + key + "  </" + prefix + "identityIssuer>\n";
        return Optional.of(text.substring(0, next.start()) + element + text.substring(next.start()));
    }

    private static String key(String prefix, IdentityIssuer.Key key) {
        return "    <" + prefix + "key kid=\"" + key.id() + "\" validFrom=\"" + instant(key.validFrom())
                + "\" validTo=\"" + instant(key.validTo()) + "\">"
                + Base64.getEncoder().encodeToString(key.key().getEncoded()) + "</" + prefix + "key>\n";
    }

    /** Whole seconds, in the registry's form. */
    private static String instant(Instant instant) {
        return instant.toString().replace("Z", ".000Z");
    }
}
