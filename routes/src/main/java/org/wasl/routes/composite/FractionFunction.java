package org.wasl.routes.composite;

import java.util.List;
import java.util.function.IntPredicate;
import net.sf.saxon.s9api.ExtensionFunction;
import net.sf.saxon.s9api.ItemType;
import net.sf.saxon.s9api.OccurrenceIndicator;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.SequenceType;
import net.sf.saxon.s9api.XdmAtomicValue;
import net.sf.saxon.s9api.XdmItem;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.XdmValue;

/**
 * Functions of expressions over shares of ownership, exact whatever the denominators: {@code fraction:at-least(shares,
 * '51/100')} and {@code fraction:equal(shares, '1/1')} compare the sum of the shares, each an element with the attributes
 * {@code numerator} and {@code denominator}, with a fraction. No shares at all are a sum of nothing.
 */
final class FractionFunction implements ExtensionFunction {

    static final String PREFIX = "fraction";
    static final String NAMESPACE = "urn:wasl:fraction:1";

    private static final int MAX_SHARES = 4_096;
    private static final QName NUMERATOR = new QName("numerator");
    private static final QName DENOMINATOR = new QName("denominator");

    private final String name;
    private final IntPredicate holds;

    private FractionFunction(String name, IntPredicate holds) {
        this.name = name;
        this.holds = holds;
    }

    static List<ExtensionFunction> all() {
        return List.of(
                new FractionFunction("at-least", order -> order >= 0),
                new FractionFunction("equal", order -> order == 0));
    }

    @Override
    public QName getName() {
        return new QName(PREFIX, NAMESPACE, name);
    }

    @Override
    public SequenceType getResultType() {
        return SequenceType.makeSequenceType(ItemType.BOOLEAN, OccurrenceIndicator.ONE);
    }

    @Override
    public SequenceType[] getArgumentTypes() {
        return new SequenceType[] {
            SequenceType.makeSequenceType(ItemType.ELEMENT_NODE, OccurrenceIndicator.ZERO_OR_MORE),
            SequenceType.makeSequenceType(ItemType.STRING, OccurrenceIndicator.ONE)
        };
    }

    @Override
    public XdmValue call(XdmValue[] arguments) throws SaxonApiException {
        XdmValue shares = arguments[0];
        if (shares.size() > MAX_SHARES) {
            throw new SaxonApiException("more than " + MAX_SHARES + " shares");
        }
        try {
            Fraction sum = Fraction.ZERO;
            for (XdmItem share : shares) {
                sum = sum.plus(share((XdmNode) share));
            }
            Fraction threshold = Fraction.parse(arguments[1].itemAt(0).getStringValue());
            return new XdmAtomicValue(holds.test(sum.compareTo(threshold)));
        } catch (IllegalArgumentException e) {
            // Without the text: it may be a record's.
            throw new SaxonApiException(PREFIX + ":" + name + ": what should be a fraction is none");
        }
    }

    private static Fraction share(XdmNode element) {
        String numerator = element.getAttributeValue(NUMERATOR);
        String denominator = element.getAttributeValue(DENOMINATOR);
        return Fraction.parse(numerator + "/" + denominator);
    }
}
