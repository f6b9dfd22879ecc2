package org.wasl.routes.composite;

/**
 * A declared expression cannot be evaluated on a record that its schema allows: the declaration is at fault. It carries
 * the expression and nothing of the record: the evaluator's own words quote values, and this is logged.
 */
public final class ExpressionFailedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * @param kind what went wrong, by its standard code or type
     */
    ExpressionFailedException(String expression, String kind) {
        super("cannot evaluate '" + expression + "' on the record: " + kind);
    }
}
