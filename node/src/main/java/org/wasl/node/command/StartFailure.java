package org.wasl.node.command;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Why a node did not start; of wrong configuration, which key is wrong. */
final class StartFailure {

    private StartFailure() {}

    static String reason(Throwable failure) {
        String key = "";
        Throwable root = failure;
        for (@Nullable Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof BindValidationException invalid) {
                return text(invalid.getValidationErrors());
            }
            if (cause instanceof BindException unbound) {
                key = unbound.getProperty() == null
                        ? unbound.getName() + ": "
                        : unbound.getProperty().getName() + ": ";
            }
            root = cause;
        }
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        // What names its own key needs no other.
        return message.startsWith("wasl.") ? message : key + message;
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }

    private static String text(ValidationErrors errors) {
        return errors.getAllErrors().stream()
                .map(error -> key(errors, error) + " " + error.getDefaultMessage())
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static String key(ValidationErrors errors, ObjectError error) {
        String area = errors.getName().toString();
        return error instanceof FieldError field
                ? area + "." + DataObjectPropertyName.toDashedForm(field.getField())
                : area;
    }
}
