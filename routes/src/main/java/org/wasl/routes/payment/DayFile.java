package org.wasl.routes.payment;

import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * The gateway's file of one day.
 *
 * @param payments what it took
 * @param reversals what it gave back
 */
record DayFile(List<Line> payments, List<Line> reversals) {

    /**
     * A line.
     *
     * @param number the order's, as the gateway has it
     * @param reference the gateway's own number of a payment, or the id of a reversal
     * @param amount how much
     */
    record Line(String number, String reference, Fils amount) {}

    DayFile {
        payments = List.copyOf(payments);
        reversals = List.copyOf(reversals);
    }

    /** Of a {@code payment:day} that is valid by its schema. */
    static DayFile of(Element day) {
        return new DayFile(lines(day, "payment", "reference"), lines(day, "reversal", "id"));
    }

    private static List<Line> lines(Element day, String name, String reference) {
        return PaymentXml.children(day, name).stream()
                .map(line -> new Line(
                        text(line, "number"),
                        text(line, reference),
                        Optional.of(text(line, "amount"))
                                .filter(amount -> !amount.isEmpty())
                                .map(Fils::parse)
                                .orElse(Fils.ZERO)))
                .toList();
    }

    private static String text(Element line, String name) {
        return PaymentXml.text(line, name).orElse("");
    }

    Fils paid() {
        return Fils.sum(payments.stream().map(Line::amount).toList());
    }

    Fils givenBack() {
        return Fils.sum(reversals.stream().map(Line::amount).toList());
    }
}
