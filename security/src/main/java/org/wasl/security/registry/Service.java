package org.wasl.security.registry;

import java.util.List;
import java.util.Set;
import org.wasl.schemas.identifier.ServiceId;

/**
 * A service as registered.
 *
 * @param id its identifier
 * @param name its name
 * @param parameters its inputs
 * @param namespace the namespace of its record's schema
 * @param schemaVersion the version of that schema, {@code major.minor}
 * @param methods the HTTP methods that it takes at X-Road's edge
 */
public record Service(
        ServiceId id,
        Label name,
        List<Parameter> parameters,
        String namespace,
        String schemaVersion,
        Set<String> methods) {

    public Service {
        parameters = List.copyOf(parameters);
        methods = Set.copyOf(methods);
    }
}
