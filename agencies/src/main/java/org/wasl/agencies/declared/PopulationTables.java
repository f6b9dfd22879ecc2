package org.wasl.agencies.declared;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.h2.tools.RunScript;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.population.Family;
import org.wasl.agencies.population.Fine;
import org.wasl.agencies.population.Owner;
import org.wasl.agencies.population.Person;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.population.Title;
import org.wasl.agencies.population.Vehicle;

/** Writes the invented people and what they own into tables, from which declared back-ends make their own. */
final class PopulationTables implements AutoCloseable {

    private static final int FAMILIES_PER_BATCH = 200;

    private final Population population;
    private final PreparedStatement persons;
    private final PreparedStatement titles;
    private final PreparedStatement titleOwners;
    private final PreparedStatement vehicles;
    private final PreparedStatement fines;

    private PopulationTables(Connection connection, Population population) throws SQLException {
        this.population = population;
        persons = connection.prepareStatement("INSERT INTO POPULATION.PERSON VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        titles = connection.prepareStatement(
                "INSERT INTO POPULATION.TITLE VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        titleOwners = connection.prepareStatement("INSERT INTO POPULATION.TITLE_OWNER VALUES (?, ?, ?, ?, ?, ?)");
        vehicles = connection.prepareStatement("INSERT INTO POPULATION.VEHICLE VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        fines = connection.prepareStatement("INSERT INTO POPULATION.FINE VALUES (?, ?, ?, ?, ?, ?)");
    }

    /** Makes and fills the tables of schema {@code POPULATION}. */
    static void write(Connection connection, Population population) throws SQLException, IOException {
        try (InputStream in = PopulationTables.class.getResourceAsStream("population.sql")) {
            if (in == null) {
                throw new IOException("population.sql is not in the jar");
            }
            RunScript.execute(connection, new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        connection.setAutoCommit(false);
        try (PopulationTables tables = new PopulationTables(connection, population);
                PreparedStatement today = connection.prepareStatement("INSERT INTO POPULATION.TODAY VALUES (?)")) {
            today.setDate(1, Date.valueOf(population.today()));
            today.execute();
            tables.writeAll();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void writeAll() throws SQLException {
        for (int index = 0; index < population.familyCount(); index++) {
            family(population.family(index));
            if (index % FAMILIES_PER_BATCH == FAMILIES_PER_BATCH - 1) {
                flush();
            }
        }
        flush();
    }

    private void family(Family family) throws SQLException {
        String persona = persona(family);
        for (Person person : family.members()) {
            add(
                    persons,
                    person.index(),
                    family.index(),
                    persona,
                    person.role().name(),
                    person.nationalNumber(),
                    person.sex().name(),
                    person.birth().year(),
                    person.deceased(),
                    person.name().arabic(),
                    person.name().latin());
        }
        for (Title title : population.titlesOf(family)) {
            title(title, persona);
        }
        for (Vehicle vehicle : population.vehiclesOf(family)) {
            vehicle(vehicle, persona);
        }
    }

    private static @Nullable String persona(Family family) {
        List<Personas> named = List.of(Personas.values());
        return family.index() < named.size() ? named.get(family.index()).name() : null;
    }

    private void title(Title title, @Nullable String persona) throws SQLException {
        add(
                titles,
                title.index(),
                persona,
                title.account(),
                title.parcel().directorate(),
                title.place().governorate().ar(),
                title.parcel().village(),
                title.parcel().basin(),
                title.parcel().parcel(),
                title.use(),
                title.linked(),
                title.undivided(),
                title.assessedRentFils(),
                title.dueFils());
        int position = 0;
        for (Owner owner : title.owners()) {
            add(
                    titleOwners,
                    title.index(),
                    position++,
                    owner.linked() ? owner.person().nationalNumber() : null,
                    owner.name(),
                    owner.numerator(),
                    owner.denominator());
        }
    }

    private void vehicle(Vehicle vehicle, @Nullable String persona) throws SQLException {
        Optional<Vehicle.Insurance> insurance = Optional.ofNullable(vehicle.insurance());
        add(
                vehicles,
                vehicle.index(),
                persona,
                vehicle.plate().code(),
                vehicle.plate().number(),
                insurance.map(policy -> policy.company().ar()).orElse(null),
                insurance.map(policy -> policy.company().en()).orElse(null),
                insurance.map(Vehicle.Insurance::policy).orElse(null),
                insurance.map(policy -> Date.valueOf(policy.to())).orElse(null));
        for (Fine fine : population.finesOf(vehicle)) {
            add(
                    fines,
                    fine.ticket(),
                    vehicle.index(),
                    fine.issuerCode(),
                    fine.offender().nationalNumber(),
                    fine.amountFils() - fine.discountFils(),
                    fine.state().name());
        }
    }

    private static void add(PreparedStatement into, @Nullable Object... values) throws SQLException {
        for (int place = 0; place < values.length; place++) {
            Object value = values[place];
            if (value == null) {
                into.setNull(place + 1, Types.NULL);
            } else {
                into.setObject(place + 1, value);
            }
        }
        into.addBatch();
    }

    private void flush() throws SQLException {
        for (PreparedStatement statement : List.of(persons, titles, titleOwners, vehicles, fines)) {
            statement.executeBatch();
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : List.of(persons, titles, titleOwners, vehicles, fines)) {
            statement.close();
        }
    }
}
