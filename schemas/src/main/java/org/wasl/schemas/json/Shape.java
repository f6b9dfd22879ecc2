package org.wasl.schemas.json;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What JSON needs to know of a type: its value, its attributes, its children and which of them repeat. */
final class Shape {

    /** The type's own text; null when it holds elements or nothing. */
    private @Nullable Scalar value;

    private final Map<String, Scalar> attributes = new TreeMap<>();
    private final Map<String, Child> children = new TreeMap<>();

    /** A child element: its shape, and whether it may occur more than once. */
    record Child(Shape shape, boolean repeats) {}

    @Nullable
    Scalar value() {
        return value;
    }

    Map<String, Scalar> attributes() {
        return attributes;
    }

    Map<String, Child> children() {
        return children;
    }

    /** Whether an element of this type is one JSON value rather than an object. */
    boolean isScalar() {
        return value != null && attributes.isEmpty();
    }

    void setValue(Scalar scalar) {
        value = scalar;
    }

    /** Takes over all that a base type has. */
    void extend(Shape base) {
        value = base.value;
        attributes.putAll(base.attributes);
        children.putAll(base.children);
    }
}
