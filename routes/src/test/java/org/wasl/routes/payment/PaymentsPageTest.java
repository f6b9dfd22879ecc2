package org.wasl.routes.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.wasl.security.registry.Label;

/** What the page on payments reckons is what the program reckons. */
class PaymentsPageTest {

    private static final Path PAGE = Path.of(System.getProperty("wasl.root"), "docs", "payments.md");
    private static final String AMOUNT = "([0-9]+\\.[0-9]{3})";
    private static final Pattern ITEM = Pattern.compile(
            "\\| ([a-z0-9 ]+) \\| " + AMOUNT + " \\| " + AMOUNT + " \\| " + AMOUNT + " \\| " + AMOUNT + " \\|");
    private static final Pattern TOTAL =
            Pattern.compile("\\| total \\| " + AMOUNT + " \\| \\| " + AMOUNT + " \\| " + AMOUNT + " \\|");
    private static final Pattern SPREAD = Pattern.compile(
            AMOUNT + " paid, they would be spread as " + AMOUNT + ", " + AMOUNT + ", " + AMOUNT + " and " + AMOUNT);
    private static final Discount EARLY = new Discount(
            "property-tax-early",
            new Label("خصم", "Early"),
            BigDecimal.TEN,
            MonthDay.of(1, 1),
            MonthDay.of(2, 29),
            RoundingMode.HALF_UP,
            "JO-LAW-11-1954",
            "the page");

    @Test
    void example_whenReckonedAgain_isRightToTheLastThousandth() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(EARLY.on(LocalDate.of(2026, 1, 20))).isTrue();
        assertThat(EARLY.lastDay(LocalDate.of(2026, 1, 20))).isEqualTo(LocalDate.of(2026, 2, 28));

        Map<String, Fils> pay = new LinkedHashMap<>();
        Fils due = Fils.ZERO;
        Fils off = Fils.ZERO;
        Matcher item = ITEM.matcher(page);
        while (item.find()) {
            Fils owed = Fils.parse(item.group(2));
            Fils taken = EARLY.of(Fils.parse(item.group(3)), owed);
            assertThat(taken).hasToString(item.group(4));
            assertThat(owed.minus(taken)).hasToString(item.group(5));
            due = due.plus(owed);
            off = off.plus(taken);
            pay.put(item.group(1), owed.minus(taken));
        }
        assertThat(pay).hasSize(4);
        Matcher total = TOTAL.matcher(page);
        assertThat(total.find()).isTrue();
        assertThat(List.of(due, off, Fils.sum(pay.values())))
                .extracting(Fils::toString)
                .containsExactly(total.group(1), total.group(2), total.group(3));

        Matcher spread = SPREAD.matcher(page);
        assertThat(spread.find()).isTrue();
        Map<String, Fils> parts = Allocation.proportional(Fils.parse(spread.group(1)), pay);
        assertThat(pay.keySet().stream().map(parts::get).map(String::valueOf))
                .containsExactly(spread.group(2), spread.group(3), spread.group(4), spread.group(5));
    }

    @Test
    void page_whenRead_namesEveryStateAndDifference() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(Arrays.stream(PaymentState.values())).allMatch(state -> page.contains("| `" + state + "` |"));
        assertThat(Arrays.stream(Reconciliation.Kind.values())).allMatch(kind -> page.contains("| `" + kind + "` |"));
    }
}
