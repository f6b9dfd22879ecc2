package org.wasl.screens.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wasl.screens.frame.Language;

/**
 * One entry of the catalogue.
 *
 * @param owner whose service it is
 * @param fees what it costs, each with its name
 * @param within how long it takes by its service level; empty when none is declared
 * @param flags the five of automation, in the catalogue's order
 * @param sources the agencies that are asked
 * @param visitsSaved how many of them the person need not visit
 */
record ServiceCard(
        String code,
        String name,
        String description,
        String owner,
        List<Fee> fees,
        Optional<Span> within,
        List<Flag> flags,
        List<String> sources,
        int visitsSaved) {

    /** @param amount with three decimals and the currency */
    record Fee(String label, String amount) {}

    /** @param name of the flag, with which its text's key ends */
    record Flag(String name, boolean set) {}

    static ServiceCard of(JsonNode entry, Language language) {
        List<Fee> fees = new ArrayList<>();
        entry.path("fees").forEach(fee -> fees.add(fee(fee, language)));
        List<Flag> flags = new ArrayList<>();
        entry.path("automated")
                .properties()
                .forEach(flag -> flags.add(new Flag(
                        flag.getKey().toLowerCase(Locale.ROOT).replace('_', '-'),
                        flag.getValue().asBoolean())));
        List<String> sources = new ArrayList<>();
        entry.path("sources").forEach(source -> sources.add(text(source.path("name"), language)));
        return new ServiceCard(
                entry.path("service").asText(),
                text(entry.path("name"), language),
                text(entry.path("description"), language),
                text(entry.path("owner").path("name"), language),
                fees,
                entry.has("serviceLevelSeconds")
                        ? Optional.of(
                                Span.ofSeconds(entry.path("serviceLevelSeconds").asLong()))
                        : Optional.empty(),
                flags,
                sources,
                entry.path("visitsSaved").asInt());
    }

    static Fee fee(JsonNode fee, Language language) {
        return new Fee(
                text(fee.path("label"), language),
                fee.path("amount").asText() + " " + fee.path("currency").asText());
    }

    /** How many of the flags are set. */
    public long automated() {
        return flags.stream().filter(Flag::set).count();
    }

    /** Whether everything that is looked for stands in it, in whatever spelling. */
    boolean matches(String looked) {
        String all = plain(String.join(" ", name, description, owner, String.join(" ", sources), code));
        return List.of(plain(looked).split(" ")).stream().allMatch(all::contains);
    }

    /** Spellings that people do not tell apart are one. */
    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[\\u064B-\\u0652\\u0640]", "")
                .replaceAll("[أإآٱ]", "ا")
                .replace('ة', 'ه')
                .replace('ى', 'ي')
                .strip()
                .replaceAll("\\s+", " ");
    }

    private static String text(JsonNode label, Language language) {
        return label.path(language.code()).asText("");
    }
}
