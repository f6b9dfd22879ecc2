package org.wasl.routes.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wasl.routes.payment.Reconciliation.Difference;
import org.wasl.routes.payment.Reconciliation.Kind;

class ReconciliationTest {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 20);
    private static final ZoneId ZONE = ZoneId.of("Asia/Amman");

    private static DayFile.Line line(String number, String reference, String amount) {
        return new DayFile.Line(number, reference, Fils.parse(amount));
    }

    private static Reconciliation compare(DayFile file, OrderAccount... accounts) {
        return Reconciliation.of(
                DAY,
                ZONE,
                file,
                number -> Stream.of(accounts)
                        .filter(account -> account.order().number().equals(number))
                        .findFirst(),
                List.of(accounts));
    }

    private static List<Kind> kinds(Reconciliation reconciliation) {
        return reconciliation.differences().stream().map(Difference::kind).toList();
    }

    private static DayFile file(DayFile.Line... payments) {
        return new DayFile(List.of(payments), List.of());
    }

    @Test
    void compare_whenAllFits_namesNothing() {
        PaymentOrder order = Accounts.order("1", "10.000", "2.500");
        Reconciliation same =
                compare(file(line("1", "E-1", "12.500")), Accounts.settled(order, Accounts.paid("E-1", "12.500")));

        assertThat(same.differences()).isEmpty();
        assertThat(same.settled()).hasToString("12.500");
        assertThat(same.gatewayPaid()).isEqualTo(same.logPaid());
    }

    @Test
    void compare_whenPaidForNoOrder_namesItAndTheTotals() {
        assertThat(kinds(compare(file(line("9", "E-9", "1.000")))))
                .containsExactly(Kind.UNKNOWN_ORDER, Kind.TOTALS_DIFFER);
    }

    @Test
    void compare_whenTheFileHasMoreThanTheReceipt_namesBothAmounts() {
        PaymentOrder order = Accounts.order("1", "10.000");
        Reconciliation differs =
                compare(file(line("1", "E-1", "11.000")), Accounts.settled(order, Accounts.paid("E-1", "10.000")));

        assertThat(kinds(differs)).containsExactly(Kind.RECEIPT_DIFFERS, Kind.AMOUNT_DIFFERS, Kind.TOTALS_DIFFER);
        assertThat(differs.differences().get(0).gateway()).hasToString("11.000");
        assertThat(differs.differences().get(0).log()).hasToString("10.000");
    }

    @Test
    void compare_whenTheFileLacksWhatWasSettled_namesIt() {
        PaymentOrder order = Accounts.order("1", "10.000");

        assertThat(kinds(compare(file(), Accounts.settled(order, Accounts.paid("E-1", "10.000")))))
                .containsExactly(Kind.NOT_IN_FILE, Kind.SETTLED_NOT_PAID, Kind.TOTALS_DIFFER);
    }

    @Test
    void compare_whenPaidTwice_namesItAndTheOneWithoutReceipt() {
        PaymentOrder order = Accounts.order("1", "10.000");

        assertThat(kinds(compare(
                        file(line("1", "E-1", "10.000"), line("1", "E-2", "10.000")),
                        Accounts.settled(order, Accounts.paid("E-1", "10.000")))))
                .containsExactly(Kind.PAID_TWICE, Kind.NO_RECEIPT, Kind.TOTALS_DIFFER);
    }

    @Test
    void compare_whenAnAgencyHasNotAnswered_namesTheItem() {
        PaymentOrder order = Accounts.order("1", "10.000", "5.000");
        OrderAccount.Facts facts = Accounts.facts(order);
        facts.receipt(List.of(Accounts.paid("E-1", "15.000")), Accounts.ISSUED);
        facts.settlement("1", new OrderAccount.Answer(true, null));
        Reconciliation missing = compare(file(line("1", "E-1", "15.000")), facts.account());

        assertThat(kinds(missing)).containsExactly(Kind.SETTLEMENT_MISSING);
        assertThat(missing.differences().get(0).reference()).isEqualTo("2");
        assertThat(missing.open()).hasToString("5.000");
    }

    @Test
    void compare_whenPaidAfterTheOrderEnded_namesIt() {
        OrderAccount.Facts facts = Accounts.facts(Accounts.order("1", "10.000"));
        facts.ended(OrderAccount.Ending.FAULT);

        assertThat(kinds(compare(file(line("1", "E-1", "10.000")), facts.account())))
                .containsExactly(Kind.PAID_AFTER_END, Kind.TOTALS_DIFFER);
    }

    @Test
    void compare_whenReversalsAreOursOrNot_namesTheForeignOne() {
        OrderAccount.Facts facts = Accounts.facts(Accounts.order("1", "10.000"));
        facts.receipt(List.of(Accounts.paid("E-1", "10.000")), Accounts.ISSUED);
        facts.settlement("1", new OrderAccount.Answer(false, "ALREADY_PAID"));
        facts.reversal("1");
        String ours = Errand.Reverse.id(Accounts.REQUEST, "1").toString();
        DayFile day = new DayFile(
                List.of(line("1", "E-1", "10.000")),
                List.of(line("1", ours, "10.000"), line("1", "019aa5c0-0000-8222-8333-444444444444", "10.000")));

        assertThat(kinds(compare(day, facts.account()))).containsExactly(Kind.UNKNOWN_REVERSAL);
    }

    @Test
    void account_whenNothingIsKnownOfAnOrder_isNotCounted() {
        assertThat(compare(file()).differences()).isEmpty();
        assertThat(Optional.of(compare(file())).map(Reconciliation::open)).contains(Fils.ZERO);
    }
}
