package org.wasl.connectors.declaration;

import org.jspecify.annotations.Nullable;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.declaration.ConnectorDeclaration.Effect;

/** Reads whether a connector changes something, and refuses a change that could happen twice. */
final class EffectReader {

    private static final String KEY = "changes";

    private final YamlSection root;
    private final String declared;

    EffectReader(YamlSection root) {
        this.root = root;
        this.declared = root.text(KEY, "false");
    }

    boolean changes() {
        return !declared.equals("false");
    }

    /**
     * What is declared.
     *
     * @param backEnd the back-end; null when its section is wrong
     * @param keyed whether the request's message id is bound somewhere in it
     */
    Effect read(@Nullable BackEndDeclaration backEnd, boolean keyed) {
        if (backEnd instanceof BackEndDeclaration.Files && changes()) {
            root.problem(KEY, "does not go with 'files', which are only read");
        }
        switch (declared) {
            case "false":
                if (keyed) {
                    root.problem(KEY, "is missing, though '" + ConnectorQuery.MESSAGE_ID + "' is bound");
                }
                return Effect.NONE;
            case "true":
                if (backEnd != null && !keyed) {
                    root.problem(
                            KEY,
                            "needs '" + ConnectorQuery.MESSAGE_ID
                                    + "' bound as the back-end's idempotency key: a request that comes twice would"
                                    + " change twice; 'idempotent' says that this is the same as once");
                }
                return Effect.BY_KEY;
            case "idempotent":
                return keyed ? Effect.BY_KEY : Effect.IDEMPOTENT;
            default:
                root.problem(KEY, "must be true, false or idempotent");
                return Effect.NONE;
        }
    }
}
