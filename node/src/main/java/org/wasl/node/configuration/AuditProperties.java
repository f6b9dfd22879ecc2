package org.wasl.node.configuration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What auditors may do ({@code wasl.audit.*}).
 *
 * @param bodyCode the code of the body that audits, as people are told who looked
 * @param bodyArabic its name in Arabic
 * @param bodyEnglish its name in English
 * @param pageMax how many leaves a page may have
 * @param scanMax how many leaves are looked at for one page
 * @param investigationEmbargo how long after a search under an investigation the person is told of it
 * @param timeZone in which offices keep their hours
 * @param dayBegins the hour from which on it is office time
 * @param dayEnds the hour from which on it is not
 * @param restDays the days on which it is not
 * @param volumeMultiple how many times the median of all officers one officer's requests are unusual
 * @param volumeLeast how many requests that takes at least
 * @param familyLeast how many people of one family name are unusual
 * @param anomalyScanMax how many requests are looked at for what is unusual
 */
@Validated
@ConfigurationProperties("wasl.audit")
public record AuditProperties(
        @DefaultValue("AUDIT") @NotBlank String bodyCode,
        @DefaultValue("جهة التدقيق") @NotBlank String bodyArabic,
        @DefaultValue("The auditing body") @NotBlank String bodyEnglish,
        @DefaultValue("200") @Min(1) @Max(1_000) int pageMax,
        @DefaultValue("2000") @Min(1_000) @Max(100_000) int scanMax,

        @DefaultValue("90d") @NotNull @DurationMin(seconds = 0) @DurationMax(days = 730)
        Duration investigationEmbargo,

        @DefaultValue("Asia/Amman") @NotNull ZoneId timeZone,
        @DefaultValue("7") @Min(0) @Max(23) int dayBegins,
        @DefaultValue("19") @Min(1) @Max(24) int dayEnds,
        @DefaultValue({"FRIDAY", "SATURDAY"}) @NotNull Set<DayOfWeek> restDays,
        @DefaultValue("3") @Min(2) @Max(1_000) int volumeMultiple,
        @DefaultValue("20") @Min(2) @Max(100_000) int volumeLeast,
        @DefaultValue("3") @Min(2) @Max(100) int familyLeast,
        @DefaultValue("20000") @Min(500) @Max(200_000) int anomalyScanMax) {}
