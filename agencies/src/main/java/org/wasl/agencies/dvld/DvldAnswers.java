package org.wasl.agencies.dvld;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.agencies.population.Family;
import org.wasl.agencies.population.Fine;
import org.wasl.agencies.population.Label;
import org.wasl.agencies.population.Owner;
import org.wasl.agencies.population.Person;
import org.wasl.agencies.population.Plate;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.population.Vehicle;
import org.wasl.agencies.server.SettlementBook;

/** What the traffic agency answers, in its own field names. */
final class DvldAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(DvldAnswers.class);
    private static final ZoneId AMMAN = ZoneId.of("Asia/Amman");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
    private static final String FINES_HOLD = "UNPAID_FINES";
    private static final Pattern VEHICLE = Pattern.compile("/vehicles/([^/]+)/([^/]+)(/fines)?");
    private static final Pattern PERSON = Pattern.compile("/persons/([^/]+)/(vehicles|fines)");
    private static final Pattern NATIONAL_NUMBER = Pattern.compile("[0-9]{10}");
    private static final Pattern SETTLEMENT = Pattern.compile("[0-9a-f-]{36}");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}\\.[0-9]{3}");
    private static final Pattern PLATE_CODE = Pattern.compile("[0-9]{1,3}");
    private static final Pattern PLATE_NUMBER = Pattern.compile("[0-9]{1,6}");

    private static final Pattern DECEASED = Pattern.compile("/persons/([^/]+)/deceased");

    private final Population population;
    private final ObjectMapper json;
    private final DeceasedOwners deceased;
    private final SettlementBook book;

    DvldAnswers(Population population, ObjectMapper json, DeceasedOwners deceased, SettlementBook book) {
        this.population = population;
        this.json = json;
        this.deceased = deceased;
        this.book = book;
    }

    /** Notes that an owner has died; twice is as once. */
    Answer note(String path) throws IOException {
        Matcher owner = DECEASED.matcher(path);
        if (!owner.matches()) {
            return error(404, "NO_SUCH_RESOURCE", "nothing is taken here");
        }
        String number = owner.group(1);
        if (population.person(number).isEmpty()) {
            return error(404, "NO_SUCH_PERSON", "nobody of this number is on file");
        }
        deceased.add(number, population.today());
        return new Answer(
                200, signedOff(json.createObjectNode().put("nid", number).put("noted", true)));
    }

    record Answer(int status, ObjectNode body) {}

    Answer to(String path) {
        Matcher vehicle = VEHICLE.matcher(path);
        if (vehicle.matches()) {
            String code = vehicle.group(1);
            String number = vehicle.group(2);
            if (!PLATE_CODE.matcher(code).matches()
                    || !PLATE_NUMBER.matcher(number).matches()) {
                return error(400, "BAD_PLATE", "a plate is one to three digits and one to six");
            }
            return ofVehicle(new Plate(code, number), vehicle.group(3) != null);
        }
        Matcher person = PERSON.matcher(path);
        if (person.matches()) {
            String number = person.group(1);
            if (!NATIONAL_NUMBER.matcher(number).matches()) {
                return error(400, "BAD_NID", "a national number is ten digits");
            }
            return ofPerson(number, person.group(2).equals("fines"));
        }
        return error(404, "NO_SUCH_RESOURCE", "nothing is served here");
    }

    Answer error(int status, String code, String detail) {
        return new Answer(status, json.createObjectNode().put("error", code).put("detail", detail));
    }

    private Answer ofVehicle(Plate plate, boolean fines) {
        Optional<Vehicle> found = population.vehicle(plate);
        if (found.isEmpty()) {
            return error(404, "NO_SUCH_VEHICLE", "no vehicle has this plate");
        }
        if (fines) {
            return finesAnswer(population.finesOf(found.get()), null, found.get());
        }
        return new Answer(200, signedOff(vehicle(found.get())));
    }

    private Answer ofPerson(String nationalNumber, boolean fines) {
        Optional<Family> family = population.familyOf(nationalNumber);
        Optional<Person> person = population.person(nationalNumber);
        if (family.isEmpty() || person.isEmpty() || !person.get().adult(population.today())) {
            return error(404, "NO_SUCH_PERSON", "nobody of this number is on file");
        }
        List<Vehicle> vehicles = population.vehiclesOf(family.get());
        if (!fines) {
            return vehiclesAnswer(nationalNumber, vehicles);
        }
        return finesAnswer(own(nationalNumber, vehicles), nationalNumber, null);
    }

    private List<Fine> own(String nationalNumber, List<Vehicle> vehicles) {
        List<Fine> own = new ArrayList<>();
        for (Vehicle vehicle : vehicles) {
            if (vehicle.owners().get(0).linked()) {
                population.finesOf(vehicle).stream()
                        .filter(fine -> fine.offender().nationalNumber().equals(nationalNumber))
                        .forEach(own::add);
            }
        }
        return own;
    }

    /** Takes a payment: of all that a person owes, or of all that was written against one vehicle. */
    Answer settle(ObjectNode asked) {
        String id = asked.path("settlementId").asText();
        String amount = asked.path("amount").asText();
        if (!SETTLEMENT.matcher(id).matches() || !AMOUNT.matcher(amount).matches()) {
            return error(400, "BAD_SETTLEMENT", "a settlement has an id, and an amount with three decimals");
        }
        try {
            SettlementBook.Entry entry = book.settle(
                    id,
                    new BigDecimal(amount).movePointRight(3).longValueExact(),
                    0,
                    () -> new SettlementBook.Claim(owed(asked), 0));
            ObjectNode body = json.createObjectNode()
                    .put("settlementId", entry.id())
                    .put("outcome", entry.settled() ? "SETTLED" : "REFUSED")
                    .put("reason", entry.reason())
                    .put("amountFils", entry.fils())
                    .put("receiptNo", entry.receipt())
                    .put("at", TIME.format(entry.at().atZone(AMMAN)));
            return new Answer(200, signedOff(body));
        } catch (SQLException e) {
            LOG.error("a settlement cannot be written", e);
            return error(500, "INTERNAL", "the settlement could not be written");
        }
    }

    private Map<String, Long> owed(ObjectNode asked) {
        List<Fine> fines = new ArrayList<>();
        if (asked.hasNonNull("nid")) {
            String number = asked.path("nid").asText();
            population.familyOf(number).ifPresent(family -> fines.addAll(own(number, population.vehiclesOf(family))));
        } else {
            population
                    .vehicle(new Plate(
                            asked.path("plateCode").asText(),
                            asked.path("plateNo").asText()))
                    .ifPresent(vehicle -> fines.addAll(population.finesOf(vehicle)));
        }
        Map<String, Long> owed = new HashMap<>();
        fines.stream()
                .filter(fine -> fine.state() == Fine.State.UNPAID)
                .filter(fine -> !asked.hasNonNull("ticketNo")
                        || asked.path("ticketNo").asText().equals(fine.ticket()))
                .forEach(fine -> owed.put(fine.ticket(), fine.amountFils() - fine.discountFils()));
        return owed;
    }

    private Fine.State state(Fine fine) {
        return fine.state() == Fine.State.UNPAID && book.paid(fine.ticket()).isPresent()
                ? Fine.State.SETTLED
                : fine.state();
    }

    private Answer vehiclesAnswer(String nationalNumber, List<Vehicle> vehicles) {
        ArrayNode list = json.createArrayNode();
        vehicles.stream()
                .filter(vehicle -> vehicle.owners().stream()
                        .anyMatch(owner -> owner.linked()
                                && owner.person().nationalNumber().equals(nationalNumber)))
                .forEach(vehicle -> list.add(vehicle(vehicle)));
        ObjectNode body = json.createObjectNode().put("nid", nationalNumber).put("count", list.size());
        body.set("vehicles", list);
        return new Answer(200, signedOff(body));
    }

    private Answer finesAnswer(List<Fine> fines, @Nullable String nationalNumber, @Nullable Vehicle vehicle) {
        ArrayNode list = json.createArrayNode();
        long unpaid = 0;
        for (Fine fine : fines) {
            list.add(fine(fine));
            unpaid += state(fine) == Fine.State.UNPAID ? fine.amountFils() - fine.discountFils() : 0;
        }
        ObjectNode body = json.createObjectNode().put("nid", nationalNumber);
        if (vehicle == null) {
            body.putNull("plate");
        } else {
            body.set("plate", plate(vehicle.plate()));
            ArrayNode owners = body.putArray("owners");
            vehicle.owners().forEach(owner -> owners.add(owner(owner)));
        }
        body.put("count", list.size()).put("unpaidFils", unpaid);
        body.set("violations", list);
        return new Answer(200, signedOff(body));
    }

    private ObjectNode vehicle(Vehicle vehicle) {
        ObjectNode node = json.createObjectNode();
        node.set("plate", plate(vehicle.plate()));
        node.put("chassisNo", vehicle.chassis());
        node.set("maker", label(vehicle.maker()));
        node.put("model", vehicle.model()).put("modelYear", vehicle.modelYear());
        node.set("colour", label(vehicle.colour()));
        node.put("fuel", vehicle.fuel());
        ArrayNode owners = node.putArray("owners");
        vehicle.owners().forEach(owner -> owners.add(owner(owner)));
        node.putObject("licence")
                .put("state", vehicle.licensedTo().isBefore(population.today()) ? "EXPIRED" : "VALID")
                .put("from", vehicle.licensedFrom().toString())
                .put("to", vehicle.licensedTo().toString());
        insurance(node, vehicle);
        inspection(node, vehicle);
        ArrayNode holds = node.putArray("holds");
        boolean owes = population.finesOf(vehicle).stream().anyMatch(fine -> state(fine) == Fine.State.UNPAID);
        for (Vehicle.Hold hold : vehicle.holds()) {
            if (hold.kind().equals(FINES_HOLD) && !owes) {
                continue;
            }
            ObjectNode item = holds.addObject().put("kind", hold.kind());
            item.set("text", label(hold.text()));
            item.put("reference", hold.reference()).put("since", hold.since().toString());
        }
        for (Owner owner : vehicle.owners()) {
            LocalDate since = owner.linked() ? deceased.since(owner.person().nationalNumber()) : null;
            if (since != null) {
                ObjectNode item = holds.addObject().put("kind", "DECEASED_OWNER");
                item.set(
                        "text", json.createObjectNode().put("ar", "وفاة المالك").put("en", "The owner has died"));
                item.put("reference", "DVLD-D-" + vehicle.plate().number()).put("since", since.toString());
            }
        }
        ArrayNode liens = node.putArray("liens");
        for (Vehicle.Lien lien : vehicle.liens()) {
            ObjectNode item = liens.addObject();
            item.set("holder", label(lien.holder()));
            item.put("outstandingFils", lien.outstandingFils())
                    .put("since", lien.since().toString());
        }
        return node;
    }

    private void insurance(ObjectNode node, Vehicle vehicle) {
        Vehicle.Insurance insurance = vehicle.insurance();
        if (insurance == null) {
            node.putNull("insurance");
            return;
        }
        ObjectNode item = node.putObject("insurance");
        item.set("company", label(insurance.company()));
        item.put("policyNo", insurance.policy())
                .put("kind", insurance.kind())
                .put("to", insurance.to().toString());
    }

    private static void inspection(ObjectNode node, Vehicle vehicle) {
        Vehicle.Inspection inspection = vehicle.inspection();
        if (inspection == null) {
            node.putNull("inspection");
            return;
        }
        node.putObject("inspection")
                .put("result", inspection.passed() ? "PASS" : "FAIL")
                .put("on", inspection.on().toString())
                .put("to", inspection.to().toString());
    }

    private ObjectNode owner(Owner owner) {
        ObjectNode node = json.createObjectNode()
                .put("nid", owner.linked() ? owner.person().nationalNumber() : null)
                .put("name", owner.name());
        node.putObject("share").put("num", owner.numerator()).put("den", owner.denominator());
        return node;
    }

    private ObjectNode fine(Fine fine) {
        ObjectNode node = json.createObjectNode().put("ticketNo", fine.ticket());
        node.set("issuer", label(fine.issuer()).put("code", fine.issuerCode()));
        node.set("plate", plate(fine.plate()));
        node.put("at", TIME.format(fine.at().atZone(AMMAN))).put("article", fine.article());
        node.set("text", label(fine.text()));
        return node.put("amountFils", fine.amountFils())
                .put("discountFils", fine.discountFils())
                .put("state", state(fine).name());
    }

    private ObjectNode plate(Plate plate) {
        return json.createObjectNode().put("code", plate.code()).put("no", plate.number());
    }

    private ObjectNode label(Label label) {
        return json.createObjectNode().put("ar", label.ar()).put("en", label.en());
    }

    private static ObjectNode signedOff(ObjectNode body) {
        String now = TIME.format(OffsetDateTime.now(AMMAN).truncatedTo(ChronoUnit.SECONDS));
        return body.put("serverTime", now).put("remark", "SYNTHETIC");
    }
}
