package org.wasl.security.registry;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An input of a service.
 *
 * @param name its name
 * @param required whether it must be there
 * @param pattern what its value must match as a whole; null when any value will do
 * @param subject whether it names the person or thing that the request is about
 */
public record Parameter(
        String name, boolean required, @Nullable Pattern pattern, boolean subject) {}
