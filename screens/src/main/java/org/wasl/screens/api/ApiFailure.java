package org.wasl.screens.api;

/** A page cannot be shown, because the bus gave no answer to what it needs. */
public final class ApiFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ApiAnswer answer;

    ApiFailure(ApiAnswer answer) {
        super(
                answer instanceof ApiAnswer.Refused refused ? refused.problem().code() : "unreachable",
                null,
                false,
                false);
        this.answer = answer;
    }

    /** {@link ApiAnswer.Refused} or {@link ApiAnswer.Unreachable}. */
    public ApiAnswer answer() {
        return answer;
    }
}
