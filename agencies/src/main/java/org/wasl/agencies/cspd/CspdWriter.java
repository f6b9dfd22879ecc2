package org.wasl.agencies.cspd;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.population.Family;
import org.wasl.agencies.population.FullName;
import org.wasl.agencies.population.ImpreciseDate;
import org.wasl.agencies.population.LatinName;
import org.wasl.agencies.population.Marriage;
import org.wasl.agencies.population.Person;
import org.wasl.agencies.population.Place;
import org.wasl.agencies.population.Places;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.population.Relative;
import org.wasl.agencies.population.Sex;

/** Writes the invented people into the empty tables, in batches. */
final class CspdWriter implements AutoCloseable {

    private static final int FAMILIES_PER_BATCH = 200;

    private final Connection connection;
    private final Population population;
    private final OffsetDateTime writtenAt;
    private final PreparedStatement families;
    private final PreparedStatement persons;
    private final PreparedStatement latinNames;
    private final PreparedStatement events;
    private final PreparedStatement kin;

    CspdWriter(Connection connection, Population population) throws SQLException {
        this.connection = connection;
        this.population = population;
        writtenAt = population.today().atStartOfDay().atOffset(ZoneOffset.ofHours(3));
        families = connection.prepareStatement("INSERT INTO AHWAL.AILA VALUES (?, ?, ?)");
        persons = connection.prepareStatement(
                "INSERT INTO AHWAL.FARD VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        latinNames = connection.prepareStatement("INSERT INTO AHWAL.ISM_LATINI VALUES (?, ?, ?, ?, ?, ?)");
        events = connection.prepareStatement(
                "INSERT INTO AHWAL.WAQIA (FARD_ID, NAW, TARIKH, TARAF_FARD_ID) VALUES (?, ?, ?, ?)");
        kin = connection.prepareStatement("INSERT INTO AHWAL.QARABA VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    void writeAll() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // What is written is consistent by construction; the constraints guard what comes after.
            statement.execute("SET REFERENTIAL_INTEGRITY FALSE");
            connection.setAutoCommit(false);
            places();
            for (int index = 0; index < population.familyCount(); index++) {
                family(population.family(index));
                if (index % FAMILIES_PER_BATCH == FAMILIES_PER_BATCH - 1) {
                    flush();
                }
            }
            flush();
            statement.execute("SET REFERENTIAL_INTEGRITY TRUE");
            mark();
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private void flush() throws SQLException {
        for (PreparedStatement statement : List.of(families, persons, latinNames, events, kin)) {
            statement.executeBatch();
        }
        connection.commit();
    }

    private void mark() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO AHWAL.TABIA VALUES (?, ?, ?)")) {
            statement.setLong(1, population.seed());
            statement.setInt(2, population.familyCount());
            statement.setDate(3, Date.valueOf(population.today()));
            statement.executeUpdate();
        }
    }

    private void places() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO AHWAL.LIWA VALUES (?, ?, ?, ?, ?)")) {
            for (Place place : Places.all()) {
                bind(
                        statement,
                        place.code(),
                        place.governorate().ar(),
                        place.governorate().en(),
                        place.liwa().ar(),
                        place.liwa().en());
            }
            statement.executeBatch();
        }
    }

    private void family(Family family) throws SQLException {
        bind(families, family.index(), family.office().code(), family.entryNumber());
        for (Person person : family.members()) {
            person(family, person);
            int order = 1;
            for (Relative relative : family.relativesOf(person)) {
                relative(person, relative, order++);
            }
        }
        for (Marriage marriage : family.marriages()) {
            marriage(family, marriage);
        }
    }

    private void person(Family family, Person person) throws SQLException {
        FullName name = person.name();
        bind(
                persons,
                (long) person.index(),
                person.nationalNumber(),
                family.index(),
                name.given().ar(),
                name.father().ar(),
                name.grandfather().ar(),
                name.family().ar(),
                sex(person.sex()),
                person.birth().digits(),
                person.birthPlace().code(),
                person.deceased() ? 2 : 1,
                digits(person.death()),
                person.maritalStatus().ordinal() + 1,
                "JOR",
                person.address().place().code(),
                person.address().quarter(),
                person.address().street(),
                person.address().building(),
                digits(person.underInvestigationSince()),
                "SYNTHETIC",
                writtenAt);
        if (person.latinName() != LatinName.MISSING) {
            bind(
                    latinNames,
                    (long) person.index(),
                    name.given().en(),
                    name.father().en(),
                    name.grandfather().en(),
                    name.family().en(),
                    person.latinName() == LatinName.REGISTERED ? 1 : 2);
        }
        bind(events, (long) person.index(), 1, person.birth().digits(), null);
        if (person.death() != null) {
            bind(events, (long) person.index(), 4, person.death().digits(), null);
        }
    }

    private void relative(Person person, Relative relative, int order) throws SQLException {
        Person other = relative.person();
        Marriage marriage = relative.marriage();
        String grandfather = relative.name().grandfather().ar();
        bind(
                kin,
                (long) person.index(),
                order,
                relative.kinship().ordinal() + 1,
                other == null ? null : (long) other.index(),
                relative.name().given().ar(),
                relative.name().father().ar(),
                grandfather.isEmpty() ? null : grandfather,
                relative.name().family().ar(),
                sex(relative.sex()),
                marriage == null ? null : marriage.start().digits(),
                marriage == null ? null : digits(marriage.end()));
    }

    private void marriage(Family family, Marriage marriage) throws SQLException {
        long husband = family.member(marriage.husband()).orElseThrow().index();
        long wife = family.member(marriage.wife()).orElseThrow().index();
        bind(events, husband, 2, marriage.start().digits(), wife);
        if (marriage.divorced()) {
            bind(events, husband, 3, digits(marriage.end()), wife);
        }
    }

    private static int sex(Sex sex) {
        return sex == Sex.MALE ? 1 : 2;
    }

    private static @Nullable String digits(@Nullable ImpreciseDate date) {
        return date == null ? null : date.digits();
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int index = 0; index < values.length; index++) {
            statement.setObject(index + 1, values[index]);
        }
        statement.addBatch();
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : List.of(families, persons, latinNames, events, kin)) {
            statement.close();
        }
    }
}
