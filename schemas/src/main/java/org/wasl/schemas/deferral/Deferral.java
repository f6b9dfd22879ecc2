package org.wasl.schemas.deferral;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * That a provider will answer later. It is not the answer: a reply or a fault follows.
 *
 * @param reference by which the provider knows the matter: printable ASCII without blanks, never a national number
 * @param reason why, as a stable code of the provider's
 * @param arabic the reason for people, in Arabic
 * @param english the reason for people, in English
 * @param expected when the answer is likely to be there; null when the provider cannot say
 * @param openUntil the deadline: by then there is an answer or a signed fault
 */
public record Deferral(
        String reference,
        String reason,
        String arabic,
        String english,
        @Nullable Instant expected,
        Instant openUntil) {

    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._:/@+=\\-]{1,200}");
    private static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

    public Deferral {
        if (!isReference(reference)) {
            throw new IllegalArgumentException("a reference is printable ASCII without blanks, at most 200 characters");
        }
        if (!isReason(reason)) {
            throw new IllegalArgumentException("a reason is capital letters, digits and '_', at most 64");
        }
        if (arabic.isBlank() || english.isBlank()) {
            throw new IllegalArgumentException("a reason has a label in Arabic and in English");
        }
    }

    /** Whether this can be a reference. */
    public static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches();
    }

    /** Whether this can be a reason's code. */
    public static boolean isReason(String text) {
        return REASON.matcher(text).matches();
    }
}
