package org.wasl.security.registry;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;

/**
 * A service as registered.
 *
 * @param id its identifier
 * @param name its name
 * @param parameters its inputs
 * @param namespace the namespace of its record's schema
 * @param schemaVersion the version of that schema, {@code major.minor}
 * @param confidential whether payloads of its requests and replies are encrypted to the member that receives them
 * @param ownerField where its record names the person to whom the thing belongs, or, of an event type, whom or what the
 *     event is about: local names from the record's root, separated by {@code /}; null when the request names the person
 * @param methods the HTTP methods that it takes at X-Road's edge
 * @param retention for how long payloads of its requests and replies are kept, from when they were logged; null when
 *     they are not erased for their age
 * @param serviceLevel within what time its agency undertakes to answer; null when it undertakes nothing
 * @param kind whether it is asked or publishes
 */
public record Service(
        ServiceId id,
        Label name,
        List<Parameter> parameters,
        String namespace,
        String schemaVersion,
        boolean confidential,
        @Nullable String ownerField,
        Set<String> methods,
        @Nullable Duration retention,
        @Nullable Duration serviceLevel,
        Kind kind) {

    /** What a service does. */
    public enum Kind {
        /** It answers requests. */
        REQUEST,
        /** It is a type of event that its subsystem publishes; agreements on it are subscriptions. */
        EVENT
    }

    /** The namespace of services that answer with a document of some media type, and not with a record. */
    public static final String DOCUMENTS = "urn:wasl:document:1";

    /** What an agreement releases of a document: all of it. */
    public static final String DOCUMENT_PATH = "document";

    public Service {
        parameters = List.copyOf(parameters);
        methods = Set.copyOf(methods);
    }

    /** Whether it answers with a document, and not with a record. */
    public boolean givesDocuments() {
        return namespace.equals(DOCUMENTS);
    }

    /** A service that is asked, of whose agency no time is known in which it undertakes to answer. */
    public Service(
            ServiceId id,
            Label name,
            List<Parameter> parameters,
            String namespace,
            String schemaVersion,
            boolean confidential,
            @Nullable String ownerField,
            Set<String> methods,
            @Nullable Duration retention) {
        this(
                id,
                name,
                parameters,
                namespace,
                schemaVersion,
                confidential,
                ownerField,
                methods,
                retention,
                null,
                Kind.REQUEST);
    }

    /** Whether it is a type of event. */
    public boolean isEvent() {
        return kind == Kind.EVENT;
    }

    /** A service about persons whose payloads are not encrypted, and not erased for their age. */
    public Service(
            ServiceId id,
            Label name,
            List<Parameter> parameters,
            String namespace,
            String schemaVersion,
            Set<String> methods) {
        this(id, name, parameters, namespace, schemaVersion, false, null, methods, null);
    }
}
