package org.wasl.faults.load;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.wasl.agencies.AgencySettings;
import org.wasl.agencies.population.Population;

/** What is asked, one question after the other, the same for a seed; each is about somebody else for as long as there are enough people. */
public final class Questions {

    private final long seed;
    private final List<String> people = new ArrayList<>();
    private final AtomicLong next = new AtomicLong();

    /** @param families of the population that the site's back-ends have */
    public Questions(long seed, int families) {
        this.seed = seed;
        Population population = new Population(AgencySettings.DEFAULT_SEED, families, LocalDate.of(2026, 11, 21));
        for (int i = 0; i < families; i++) {
            population.family(i).members().forEach(person -> people.add(person.nationalNumber()));
        }
        Collections.shuffle(people, new Random(seed));
    }

    /** How many there are before somebody is asked about again. */
    public int people() {
        return people.size();
    }

    /** The next one of the mix. */
    public Question next() {
        long number = next.getAndIncrement();
        SplittableRandom random = at(number);
        return question(number, Flow.pick(random.nextInt(1 << 20)), random);
    }

    /** The next one, of this flow. */
    public Question next(Flow flow) {
        long number = next.getAndIncrement();
        return question(number, flow, at(number));
    }

    private SplittableRandom at(long number) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
    }

    private Question question(long number, Flow flow, SplittableRandom random) {
        long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new Question(new UUID(high, low).toString(), flow, people.get((int) (number % people.size())));
    }
}
