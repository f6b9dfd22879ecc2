package org.wasl.node.configuration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The bus within the node ({@code wasl.node.*}).
 *
 * @param id the node's id, as the registry names it
 * @param inFlight how many exchanges wait for their answer at most
 * @param compositesInFlight how many composite requests are under way at most
 * @param senderThreads how many threads build, sign and send
 * @param requestConsumers how many requests of one service are served at once
 * @param replyConsumers how many replies of one member are received at once
 * @param compositeThreads how many threads compose
 * @param clockSkew how far another node's clock may be off
 * @param logTimeout how long a step waits for the message log
 * @param maxContainer the largest container that is taken
 * @param documentSpool how much disk containers with documents take while they are signed or verified
 * @param deferrals how many answers may be awaited, and how many owed, for later
 * @param deferralLongest how long a provider may take with an answer that it announced, whatever its connector declares
 * @param deferralAskAfterStart how soon after a start the back-ends are asked again for what is owed
 * @param deferralRemindFirst after how long a requester asks what has become of an announced answer
 * @param deferralRemindMost how long it waits at most before it asks again
 * @param deferralGrace how long after the announced deadline a requester ends the exchange itself
 * @param backEndLeast how many questions a back-end is asked at once at least, however slow it is; at most the consumers
 * @param backEndWaiting how many questions to one back-end wait for their turn
 */
@Validated
@ConfigurationProperties("wasl.node")
public record NodeProperties(
        @DefaultValue("node-1") @NotNull @Pattern(regexp = "[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?")
        String id,

        @DefaultValue("2048") @Min(1) @Max(1_000_000) int inFlight,
        @DefaultValue("256") @Min(1) @Max(100_000) int compositesInFlight,
        @DefaultValue("8") @Min(1) @Max(256) int senderThreads,
        @DefaultValue("32") @Min(1) @Max(256) int requestConsumers,
        @DefaultValue("16") @Min(1) @Max(256) int replyConsumers,
        @DefaultValue("8") @Min(1) @Max(256) int compositeThreads,

        @DefaultValue("60s") @NotNull @DurationMin(seconds = 0) @DurationMax(seconds = 60)
        Duration clockSkew,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration logTimeout,

        @DefaultValue("10MB") @NotNull DataSize maxContainer,
        @DefaultValue("512MB") @NotNull DataSize documentSpool,
        @DefaultValue("100000") @Min(1) @Max(1_000_000) int deferrals,

        @DefaultValue("30d") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 365)
        Duration deferralLongest,

        @DefaultValue("3s") @NotNull @DurationMin(millis = 10) @DurationMax(hours = 1)
        Duration deferralAskAfterStart,

        @DefaultValue("1m") @NotNull @DurationMin(millis = 100) @DurationMax(hours = 24)
        Duration deferralRemindFirst,

        @DefaultValue("1h") @NotNull @DurationMin(millis = 100) @DurationMax(days = 7)
        Duration deferralRemindMost,

        @DefaultValue("1m") @NotNull @DurationMin(millis = 100) @DurationMax(hours = 24)
        Duration deferralGrace,

        @DefaultValue("2") @Min(1) @Max(256) int backEndLeast,
        @DefaultValue("256") @Min(1) @Max(10_000) int backEndWaiting) {}
