package org.wasl.node.configuration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
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
        Duration investigationEmbargo) {}
