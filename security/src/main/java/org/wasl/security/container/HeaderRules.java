package org.wasl.security.container;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a header beyond single fields' schema types. The signer asks it of what it is given, the verifier
 * of what it read, so that nothing is signed that would be refused.
 */
final class HeaderRules {

    // The schema's types, for the signer, which has no document to validate yet.
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._:/@+=\\-]{1,200}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/\\-]{0,99}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern MINOR_VERSION = Pattern.compile("[1-9][0-9]{0,2}\\.[0-9]{1,3}");
    private static final Pattern MEDIA_TYPE = Pattern.compile("(?=.{3,100}$)[a-z]+/[a-z0-9][a-z0-9.+\\-]*");
    private static final Set<String> LOCALES = Set.of("ar", "en");

    private HeaderRules() {}

    /** What is wrong with the header; empty when nothing is. */
    static Optional<String> broken(Header header) {
        return Optional.ofNullable(brokenField(header)).or(() -> Optional.ofNullable(brokenRelation(header)));
    }

    private static @Nullable String brokenField(Header header) {
        if (!matches(TOKEN, header.correlationId())) {
            return "correlationId is not a token";
        }
        if (!matches(MINOR_VERSION, header.schemaVersion())) {
            return "schemaVersion is not major.minor";
        }
        if (!matches(MEDIA_TYPE, header.payloadMediaType())) {
            return "payloadMediaType is not a media type";
        }
        if (!matches(TOKEN, header.actor().id())
                || !absentOr(SHA256, header.actor().assertionDigest())) {
            return "the actor's id is not a token, or its assertion's digest not SHA-256";
        }
        if (!absentOr(TOKEN, header.representedParty())
                || !absentOr(TOKEN, header.caseReference())
                || !absentOr(TOKEN, header.idempotencyKey())) {
            return "representedParty, caseReference or idempotencyKey is not a token";
        }
        if (!absentOr(SHA256, header.plainPayloadDigest())) {
            return "plainPayloadDigest is not SHA-256";
        }
        if (!matches(CODE, header.purpose())
                || !matches(CODE, header.legalBasis())
                || !matches(CODE, header.channel())) {
            return "purpose, legalBasis or channel is not a code";
        }
        if (!LOCALES.contains(header.locale())) {
            return "locale must be ar or en";
        }
        InReplyTo request = header.inReplyTo();
        if (request != null
                && (!matches(SHA256, request.headerDigest()) || !matches(SHA256, request.payloadDigest()))) {
            return "a digest in inReplyTo is not SHA-256";
        }
        return null;
    }

    private static @Nullable String brokenRelation(Header header) {
        boolean senderFits =
                switch (header.kind()) {
                    case REQUEST, CANCELLATION, DELIVERY -> header.sender().equals(header.consumer());
                    case REPLY, EVENT, INTERIM -> header.sender().equals(header.provider());
                    case FAULT ->
                        header.sender().equals(header.consumer())
                                || header.sender().equals(header.provider());
                };
        if (!senderFits) {
            return "the sender of a " + header.kind() + " is not the party that sends one";
        }
        if (!header.service().subsystem().equals(header.provider())) {
            return "the service is not the provider's";
        }
        boolean answers = header.kind().namesRequest();
        if (answers != (header.inReplyTo() != null)) {
            return answers ? "a " + header.kind() + " must name its request" : "what is no answer names no request";
        }
        EventSequence event = header.event();
        if (event != null
                && (header.kind() != MessageKind.EVENT || header.consumer().equals(header.provider()))) {
            return "only an event on its way to a subscriber has a number";
        }
        if (header.isEncrypted() != (header.plainPayloadDigest() != null)) {
            return header.isEncrypted()
                    ? "an encrypted payload needs the digest of the plain one"
                    : "only an encrypted payload has the digest of a plain one";
        }
        if (!header.expires().isAfter(header.issued())) {
            return "it expires before it is issued";
        }
        return null;
    }

    private static boolean matches(Pattern pattern, String value) {
        return pattern.matcher(value).matches();
    }

    private static boolean absentOr(Pattern pattern, @Nullable String value) {
        return value == null || matches(pattern, value);
    }
}
