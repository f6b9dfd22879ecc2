package org.wasl.screens.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.wasl.screens.api.BusApi;
import org.wasl.screens.frame.Language;
import org.wasl.screens.frame.NoSuchPage;
import org.wasl.screens.frame.Person;

/** A joint payment order: its number, to whom what is paid, and how each stands. */
@Controller
public final class PaymentPages {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,32}");
    private static final Set<String> ENDED = Set.of("SETTLED", "REVERSED", "EXPIRED");

    private final Words words;

    public PaymentPages(Words words) {
        this.words = words;
    }

    /** One item. */
    record Item(
            String label,
            String agency,
            String reference,
            String due,
            String discount,
            String amount,
            String state,
            String kind,
            String reason) {}

    /** One payment that was taken. */
    record Receipt(String reference, String amount, String channel, String at) {}

    /**
     * The order.
     *
     * @param waits whether it can still change by itself
     */
    record Order(
            String number,
            String state,
            String kind,
            String request,
            String issued,
            String payBy,
            List<String> channels,
            String total,
            List<Item> items,
            List<Receipt> receipts,
            boolean waits) {}

    @GetMapping("/portal/payments/{number}")
    String order(@PathVariable String number, Person person, BusApi api, Model model) {
        if (!NUMBER.matcher(number).matches()) {
            throw new NoSuchPage();
        }
        JsonNode body = api.get("/payments/" + number).orFail().body();
        model.addAttribute("order", order(body, person.language()));
        return "portal/payment";
    }

    private Order order(JsonNode body, Language language) {
        Words.In in = words.in(language);
        String currency = " " + body.path("currency").asText();
        List<Item> items = new ArrayList<>();
        body.path("items").forEach(item -> items.add(item(item, currency, in)));
        List<Receipt> receipts = new ArrayList<>();
        body.path("receipts")
                .forEach(receipt -> receipts.add(new Receipt(
                        receipt.path("reference").asText(),
                        receipt.path("amount").asText() + currency,
                        code(receipt.path("channel").asText()),
                        Moments.moment(receipt.path("at").asText(), language))));
        List<String> channels = new ArrayList<>();
        body.path("channels").forEach(channel -> channels.add(code(channel.asText())));
        String state = body.path("state").asText();
        return new Order(
                body.path("number").asText(),
                code(state),
                kind(state),
                body.path("trackingId").asText(),
                Moments.moment(body.path("issued").asText(), language),
                Moments.moment(body.path("payBy").asText(), language),
                channels,
                body.path("total").asText() + currency,
                items,
                receipts,
                !ENDED.contains(state));
    }

    private static Item item(JsonNode item, String currency, Words.In in) {
        String state = item.path("state").asText();
        JsonNode discount = item.path("discount");
        return new Item(
                in.text(item.path("label"), ""),
                in.member(item.path("member").asText()),
                item.path("reference").asText(""),
                item.path("due").asText() + currency,
                discount.isMissingNode() ? "" : discount.path("amount").asText() + currency,
                item.path("amount").asText() + currency,
                code(state),
                kind(state),
                item.path("reason").asText(""));
    }

    private static String kind(String state) {
        return switch (state) {
            case "SETTLED" -> "good";
            case "REFUSED", "EXPIRED" -> "bad";
            case "REVERSED" -> "warn";
            case "PAID", "SETTLING", "OPEN", "ISSUED" -> "wait";
            default -> "info";
        };
    }

    private static String code(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
