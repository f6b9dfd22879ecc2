package org.wasl.routes.payment;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Spreads what was paid over what it was paid for, in proportion, so that the parts add up exactly: each gets its part
 * rounded down, and what is left goes, a thousandth each, to those whose part was cut most. Who stands first in a list
 * makes no difference: equal claims are told apart by their names.
 */
final class Allocation {

    private Allocation() {}

    /** A part before what is left is given out. */
    private record Part(String name, Fils floor, BigInteger cut) {}

    /**
     * The parts by name.
     *
     * @param paid what is spread
     * @param owed what is owed, by name
     * @throws IllegalArgumentException when more was paid than is owed
     */
    static SortedMap<String, Fils> proportional(Fils paid, Map<String, Fils> owed) {
        Fils total = Fils.sum(owed.values());
        if (paid.compareTo(total) > 0) {
            throw new IllegalArgumentException("more is spread than is owed");
        }
        SortedMap<String, Fils> parts = new TreeMap<>();
        if (total.isZero()) {
            owed.keySet().forEach(name -> parts.put(name, Fils.ZERO));
            return parts;
        }
        BigInteger whole = BigInteger.valueOf(total.thousandths());
        List<Part> cut = owed.entrySet().stream()
                .map(entry -> part(entry.getKey(), entry.getValue(), paid, whole))
                .sorted(Comparator.comparing(Part::cut).reversed().thenComparing(Part::name))
                .toList();
        Fils left = paid.minus(Fils.sum(cut.stream().map(Part::floor).toList()));
        long more = left.thousandths();
        for (Part part : cut) {
            parts.put(part.name(), more > 0 ? part.floor().plus(new Fils(1)) : part.floor());
            more--;
        }
        return parts;
    }

    private static Part part(String name, Fils owed, Fils paid, BigInteger whole) {
        BigInteger[] divided = BigInteger.valueOf(owed.thousandths())
                .multiply(BigInteger.valueOf(paid.thousandths()))
                .divideAndRemainder(whole);
        return new Part(name, new Fils(divided[0].longValueExact()), divided[1]);
    }
}
