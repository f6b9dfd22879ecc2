package org.wasl.routes.composite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class FractionTest {

    private static Fraction of(long numerator, long denominator) {
        return new Fraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    @Property
    void plus_inWhateverOrder_isTheSame(
            @ForAll @LongRange(max = Integer.MAX_VALUE) long a,
            @ForAll @LongRange(min = 1, max = Integer.MAX_VALUE) long b,
            @ForAll @LongRange(max = Integer.MAX_VALUE) long c,
            @ForAll @LongRange(min = 1, max = Integer.MAX_VALUE) long d) {
        assertThat(of(a, b).plus(of(c, d))).isEqualTo(of(c, d).plus(of(a, b)));
        assertThat(of(a, b).plus(Fraction.ZERO)).isEqualTo(of(a, b));
        assertThat(of(a, b).plus(of(c, d)).compareTo(of(a, b))).isEqualTo(c == 0 ? 0 : 1);
    }

    @Property
    void parts_ofAWhole_makeItExactly(@ForAll @IntRange(min = 1, max = 1_000) int parts) {
        Fraction sum = Fraction.ZERO;
        for (int part = 0; part < parts; part++) {
            sum = sum.plus(of(1, parts));
        }
        assertThat(sum).isEqualTo(of(1, 1));
    }

    @Property
    void atLeast_overRecords_isWhatWholeNumbersSay(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 100_000) Integer> denominators,
            @ForAll @IntRange(min = 1, max = 100) int percent) {
        StringBuilder title = new StringBuilder("<title>");
        BigInteger numerator = BigInteger.ZERO;
        BigInteger denominator = BigInteger.ONE;
        for (int each : denominators) {
            title.append("<share numerator='1' denominator='").append(each).append("'/>");
            numerator = numerator.multiply(BigInteger.valueOf(each)).add(denominator);
            denominator = denominator.multiply(BigInteger.valueOf(each));
        }
        boolean expected =
                numerator.multiply(BigInteger.valueOf(100)).compareTo(denominator.multiply(BigInteger.valueOf(percent)))
                        >= 0;
        RecordExpression expression =
                RecordExpression.compile("fraction:at-least(share, '" + percent + "/100')", Set.of());
        assertThat(expression.holds(Records.root(title + "</title>"), Map.of())).isEqualTo(expected);
    }

    @Example
    void thirds_thatDecimalsWouldLose_areEqualToTheWhole() {
        String title = "<title>" + "<share numerator='1' denominator='3'/>".repeat(3) + "</title>";
        assertThat(RecordExpression.compile("fraction:equal(share, '1/1')", Set.of())
                        .holds(Records.root(title), Map.of()))
                .isTrue();
    }

    @Example
    void share_thatIsNone_failsWithoutRepeatingIt() {
        RecordExpression expression = RecordExpression.compile("fraction:at-least(share, '1/2')", Set.of());
        assertThatThrownBy(() ->
                        expression.holds(Records.root("<t><share numerator='secret' denominator='0'/></t>"), Map.of()))
                .isInstanceOf(ExpressionFailedException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Fraction.parse("1/0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fraction.parse("-1/2")).isInstanceOf(IllegalArgumentException.class);
    }
}
