package org.wasl.agencies.population;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Jordan's governorates and liwas, from the list in the resources. */
public final class Places {

    private static final List<Place> ALL = load();
    private static final int TOTAL_WEIGHT = ALL.stream().mapToInt(Place::weight).sum();

    private Places() {}

    public static List<Place> all() {
        return ALL;
    }

    static Place pick(Dice dice) {
        int thrown = dice.below(TOTAL_WEIGHT);
        for (Place place : ALL) {
            thrown -= place.weight();
            if (thrown < 0) {
                return place;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    private static List<Place> load() {
        try (InputStream in = Places.class.getResourceAsStream("places-jo.csv")) {
            if (in == null) {
                throw new IllegalStateException("places-jo.csv is not in the jar");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return reader.lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("code,"))
                    .map(Places::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Place parse(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != 6) {
            throw new IllegalStateException("places-jo.csv: six cells expected: " + line);
        }
        return new Place(
                cells[0], new Label(cells[1], cells[2]), new Label(cells[3], cells[4]), Integer.parseInt(cells[5]));
    }
}
