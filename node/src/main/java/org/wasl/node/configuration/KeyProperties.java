package org.wasl.node.configuration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The members' keys ({@code wasl.keys.*}).
 *
 * @param kind where they are kept
 * @param nonExtractable whether a key that could leave its store is refused
 * @param interval how often to look for newer keys
 * @param settling how long a newer key's certificate is in force before the key is used
 * @param shortTerm whose messages are signed by short-term keys
 * @param token the token, when they are kept in one
 */
@Validated
@ConfigurationProperties("wasl.keys")
public record KeyProperties(
        @DefaultValue("PKCS12") @NotNull Kind kind,
        @DefaultValue("false") boolean nonExtractable,

        @DefaultValue("2s") @NotNull @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration interval,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 0) @DurationMax(days = 1)
        Duration settling,

        @DefaultValue @NotNull @Valid ShortTerm shortTerm,

        @DefaultValue @NotNull @Valid Token token) {

    /** Where keys are kept. */
    public enum Kind {
        /** In files. */
        PKCS12,
        /** In a token: a hardware module, a card, SoftHSM. */
        PKCS11
    }

    /**
     * Message keys in memory, under certificates that the members' slow keys issue ({@code wasl.keys.short-term.*}).
     *
     * @param members whose messages are signed so; those of all others are signed by their registered keys, each one
     * @param life how long such a certificate lives; the registry may allow less
     * @param interval how often to look whether one must be renewed, and to try again
     */
    public record ShortTerm(
            @DefaultValue @NotNull @Size(max = 1000) List<String> members,

            @DefaultValue("4h") @NotNull @DurationMin(minutes = 5) @DurationMax(hours = 24)
            Duration life,

            @DefaultValue("5s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 10)
            Duration interval) {}

    /**
     * The token ({@code wasl.keys.token.*}).
     *
     * @param library the PKCS#11 module's library
     * @param label the token's label; none: the slot says which token
     * @param slot the slot's number; none: the label says which token
     * @param pinSecret the name of the PIN among the secrets
     * @param sessions how many computations run in the token at once
     * @param patience how long a computation waits for its turn
     * @param retry how long after a failed login nobody tries again
     */
    public record Token(
            @Nullable Path library,
            @Nullable @Size(min = 1, max = 32) String label,
            @Nullable @Min(0) Long slot,

            @DefaultValue("token-pin") @NotNull @Pattern(regexp = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")
            String pinSecret,

            @DefaultValue("16") @Min(1) @Max(256) int sessions,

            @DefaultValue("2s") @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 1)
            Duration patience,

            @DefaultValue("1s") @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 10)
            Duration retry) {}
}
