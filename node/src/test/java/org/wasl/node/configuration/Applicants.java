package org.wasl.node.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.wasl.agencies.population.Family;
import org.wasl.agencies.population.Fine;
import org.wasl.agencies.population.Justice;
import org.wasl.agencies.population.Owner;
import org.wasl.agencies.population.Person;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.population.Sex;
import org.wasl.agencies.population.Title;
import org.wasl.agencies.population.Vehicle;

/** Whom the services are asked about: found by searching the population, never by number. */
final class Applicants {

    private final RunningNode node;
    private final Population population;

    Applicants(RunningNode node, Population population) {
        this.node = node;
        this.population = population;
    }

    /** The first person of whom that is so. */
    Optional<Person> person(BiPredicate<Family, Person> wanted) {
        return IntStream.range(0, population.familyCount())
                .mapToObj(population::family)
                .flatMap(family -> family.members().stream().filter(member -> wanted.test(family, member)))
                .findFirst();
    }

    Person clean() {
        return population.person(Personas.CLEAN.nationalNumber()).orElseThrow();
    }

    boolean adult(Person person) {
        return person.birth().year() > 0 && person.adult(population.today());
    }

    boolean attached(Family family, Person person) {
        return population
                .justiceOf(family, person)
                .map(justice -> justice.attachments().stream().anyMatch(attachment -> attachment.liftedOn() == null))
                .orElse(false);
    }

    Title title(Person person) {
        Family family = population.familyOf(person.nationalNumber()).orElseThrow();
        return population.titlesOf(family).stream()
                .filter(title -> owns(title, person))
                .findFirst()
                .orElseThrow();
    }

    boolean owns(Title title, Person person) {
        return title.owners().stream()
                .anyMatch(owner ->
                        owner.linked() && owner.person().nationalNumber().equals(person.nationalNumber()));
    }

    Map<String, String> of(Person person) {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("nationalNumber", person.nationalNumber());
        return inputs;
    }

    Map<String, String> of(Person person, Title title) {
        Map<String, String> inputs = of(person);
        inputs.put("directorate", title.parcel().directorate());
        inputs.put("village", title.parcel().village());
        inputs.put("basin", title.parcel().basin());
        inputs.put("parcel", title.parcel().parcel());
        return inputs;
    }

    /** A clean person's question to a service. */
    Map<String, String> cleanInputs(String service) {
        Person clean = clean();
        return switch (service) {
            case "passport-renewal", "general-clearance" -> of(clean);
            case "service-booklet-deferral" -> of(conscript("DUE"));
            case "traffic-objection-appointment" -> objection(Fine.State.UNPAID);
            case "site-plan", "occupancy-permit" -> of(clean, title(clean));
            case "lease-registration" -> with(of(clean, title(clean)), "tenant", Personas.NOTHING.nationalNumber());
            case "property-sale" -> with(of(clean, title(clean)), "buyer", Personas.NOTHING.nationalNumber());
            case "inheritance-statement" ->
                of(person((family, person) -> adult(person)
                                && person.deceased()
                                && !attached(family, person)
                                && family.relativesOf(person).stream().anyMatch(relative -> relative.person() != null))
                        .orElseThrow());
            default -> throw new IllegalArgumentException(service);
        };
    }

    Map<String, String> with(Map<String, String> inputs, String name, String value) {
        inputs.put(name, value);
        return inputs;
    }

    /** A young man whom the armed forces know so: which, only their own database says. */
    Person conscript(String status) {
        for (int index = 0; index < population.familyCount(); index++) {
            Family family = population.family(index);
            for (Person person : family.members()) {
                boolean young = person.birth().year() > population.today().getYear() - 29 && adult(person);
                if (person.sex() == Sex.MALE
                        && young
                        && !person.deceased()
                        && population
                                .justiceOf(family, person)
                                .map(justice -> justice.status() == Justice.Status.CLEAR)
                                .orElse(false)
                        && status.equals(serviceStatus(person))) {
                    return person;
                }
            }
        }
        throw new AssertionError("nobody's service is " + status);
    }

    String serviceStatus(Person person) {
        try {
            JsonNode answer = node.composite("officer", "service-booklet-deferral", of(person));
            for (JsonNode source : answer.path("source")) {
                if ("service".equals(source.path("step").asText())) {
                    return source.path("record").path("service").path("status").asText();
                }
            }
            return "";
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    Map<String, String> objection(Fine.State state) {
        for (int index = 0; index < population.familyCount(); index++) {
            for (Vehicle vehicle : population.vehiclesOf(population.family(index))) {
                Owner owner = vehicle.owners().get(0);
                for (Fine fine : population.finesOf(vehicle)) {
                    if (fine.state() == state
                            && owner.linked()
                            && !owner.person().deceased()) {
                        Map<String, String> inputs = of(owner.person());
                        inputs.put("plateCode", vehicle.plate().code());
                        inputs.put("plateNumber", vehicle.plate().number());
                        inputs.put("ticket", fine.ticket());
                        return inputs;
                    }
                }
            }
        }
        throw new AssertionError("no fine is " + state);
    }
}
