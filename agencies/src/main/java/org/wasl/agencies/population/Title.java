package org.wasl.agencies.population;

import java.util.List;

/**
 * A property account.
 *
 * @param linked whether the tax office knows any owner's national number
 * @param undivided whether heirs hold it in common
 * @param assessedRentFils the yearly rent that tax is reckoned from
 */
public record Title(
        int index,
        String account,
        Place place,
        ParcelKey parcel,
        String use,
        List<Owner> owners,
        boolean linked,
        boolean undivided,
        long assessedRentFils,
        List<Year> years) {

    public Title {
        owners = List.copyOf(owners);
        years = List.copyOf(years);
    }

    public long dueFils() {
        return years.stream().mapToLong(Year::balanceFils).sum();
    }

    /** Directorate, village, basin and parcel, as digits. */
    public record ParcelKey(String directorate, String village, String basin, String parcel) {}

    /** One year's charges and what was paid, in fils. */
    public record Year(int year, long tax, long education, long sewer, long penalty, long discount, long paid) {

        public long balanceFils() {
            return tax + education + sewer + penalty - discount - paid;
        }
    }
}
