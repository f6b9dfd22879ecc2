package org.wasl.routes.composite;

/** A declared expression cannot be evaluated on a record that its schema allows: the declaration is at fault. */
final class ExpressionFailedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    ExpressionFailedException(String expression, Throwable cause) {
        super("cannot evaluate '" + expression + "' on the record", cause);
    }
}
