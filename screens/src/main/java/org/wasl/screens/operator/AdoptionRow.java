package org.wasl.screens.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.wasl.screens.frame.Language;

/**
 * How often one service is asked.
 *
 * @param share of all applications, of a hundred; empty when nobody counted these
 * @param bar the same as a width of 100
 */
public record AdoptionRow(
        String id,
        String name,
        String requests,
        String electronic,
        String visitsSpared,
        List<Part> channels,
        List<Part> outcomes,
        String share,
        String bar,
        String counted,
        String from,
        String to,
        String yearly,
        String year,
        String source) {

    /** @param name a key's end, or a text */
    public record Part(String name, String count) {}

    /** Where the bar begins in a picture that is 100 wide, read in this direction. */
    public String barStart(String direction) {
        return Reading.barStart(bar, direction);
    }

    static AdoptionRow of(JsonNode service, JsonNode outcomes, Language language) {
        Reading reading = new Reading(language);
        JsonNode adoption = service.path("adoption");
        JsonNode applications = adoption.path("applications");
        String share = adoption.isObject()
                ? new BigDecimal(adoption.path("share").asText("0"))
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString()
                : "";
        List<Part> channels = new ArrayList<>();
        service.path("byChannel")
                .properties()
                .forEach(channel -> channels.add(new Part(
                        channel.getKey(), Reading.number(channel.getValue().asLong()))));
        List<Part> ended = new ArrayList<>();
        service.path("byOutcome")
                .properties()
                .forEach(outcome -> ended.add(new Part(
                        reading.text(outcomes.path(outcome.getKey())),
                        Reading.number(outcome.getValue().asLong()))));
        return new AdoptionRow(
                service.path("service").asText(),
                reading.text(service.path("name")),
                Reading.number(service.path("requests").asLong()),
                Reading.number(service.path("electronic").asLong()),
                Reading.number(service.path("visitsSpared").asLong()),
                channels,
                ended,
                share,
                share.isEmpty() ? "0" : share,
                Reading.number(adoption.path("electronic").asLong()),
                adoption.path("from").asText(""),
                adoption.path("to").asText(""),
                Reading.number(applications.path("yearly").asLong()),
                applications.path("year").asText(""),
                reading.text(applications.path("source")));
    }
}
