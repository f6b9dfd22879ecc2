package org.wasl.agencies.population;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Derives vehicles and their fines. */
final class Vehicles {

    private static final int MAX_FINES = 8;
    private static final long HOLD_FROM_FILS = 300_000;
    private static final List<Label> MAKERS = List.of(
            new Label("تويوتا", "Toyota"),
            new Label("هيونداي", "Hyundai"),
            new Label("كيا", "Kia"),
            new Label("نيسان", "Nissan"),
            new Label("ميتسوبيشي", "Mitsubishi"),
            new Label("فولكس فاجن", "Volkswagen"));
    private static final List<List<String>> MODELS = List.of(
            List.of("Corolla", "Prius", "Hilux"),
            List.of("Elantra", "Ioniq", "Tucson"),
            List.of("Rio", "Niro", "Sportage"),
            List.of("Sunny", "Leaf", "Navara"),
            List.of("Lancer", "L200", "Pajero"),
            List.of("Golf", "ID.4", "Passat"));
    private static final List<Label> COLOURS = List.of(
            new Label("أبيض", "White"),
            new Label("أسود", "Black"),
            new Label("فضي", "Silver"),
            new Label("أزرق", "Blue"),
            new Label("أحمر", "Red"));
    private static final List<Label> INSURERS = List.of(
            new Label("شركة تأمين تجريبية أ", "Sample Insurance A"),
            new Label("شركة تأمين تجريبية ب", "Sample Insurance B"),
            new Label("شركة تأمين تجريبية ج", "Sample Insurance C"));
    private static final List<Label> BANKS =
            List.of(new Label("بنك تجريبي أ", "Sample Bank A"), new Label("بنك تجريبي ب", "Sample Bank B"));
    private static final List<Offence> OFFENCES = List.of(
            new Offence("38", new Label("استخدام الهاتف أثناء القيادة", "Using a phone while driving"), 50, 50),
            new Offence("26", new Label("تجاوز الإشارة الضوئية الحمراء", "Passing a red light"), 200, 300),
            new Offence("27", new Label("قيادة مركبة دون لوحة أرقام", "Driving without a number plate"), 200, 300),
            new Offence("39", new Label("عدم استخدام الغماز", "Not using the indicator"), 20, 20));

    private final long seed;
    private final LocalDate today;
    private final Holdings holdings;
    private final Court court;

    Vehicles(long seed, LocalDate today, Holdings holdings, Court court) {
        this.seed = seed;
        this.today = today;
        this.holdings = holdings;
        this.court = court;
    }

    private record Offence(String article, Label text, int lowJod, int highJod) {}

    List<Vehicle> of(Family family) {
        List<Vehicle> vehicles = new ArrayList<>();
        for (int slot = 0; slot < holdings.vehicleCount(family); slot++) {
            vehicles.add(vehicle(family, slot));
        }
        return vehicles;
    }

    private Vehicle vehicle(Family family, int slot) {
        int index = family.index() * Population.VEHICLES_PER_FAMILY + slot;
        Dice dice = new Dice(seed, EntityType.VEHICLE, index);
        List<Owner> owners = holdings.vehicleOwners(family, slot, dice);
        Optional<Personas> persona = Personas.ofFamily(family.index());
        boolean lapsed = persona.map(any -> any == Personas.LAPSED).orElseGet(() -> dice.chance(180));
        int maker = dice.below(MAKERS.size());
        String model = dice.pick(MODELS.get(maker));
        LocalDate licensedTo = lapsed
                ? today.minusDays(dice.between(5, 400))
                : today.plusDays(persona.isPresent() ? 300 : dice.between(10, 350));
        Plate plate = Plate.of(index);
        return new Vehicle(
                index,
                plate,
                String.format("SYN%013dA", index),
                MAKERS.get(maker),
                model,
                today.getYear() - dice.between(1, 22),
                dice.pick(COLOURS),
                fuel(model, dice),
                owners,
                licensedTo.minusYears(1).plusDays(1),
                licensedTo,
                insurance(index, licensedTo, persona, dice),
                inspection(licensedTo, lapsed, persona, dice),
                holds(family, plate, owners),
                liens(persona, dice));
    }

    List<Fine> fines(Family family, Vehicle vehicle) {
        List<Fine> fines = new ArrayList<>();
        Person offender = vehicle.owners().get(0).person();
        Optional<Personas> persona = Personas.ofFamily(family.index());
        if (persona.isPresent()) {
            toldFines(persona.get(), vehicle, offender, fines);
            return fines;
        }
        int count =
                new Dice(seed, EntityType.FINE, (long) vehicle.index() * MAX_FINES).weighted(52, 20, 12, 7, 4, 3, 2);
        for (int number = 0; number < count; number++) {
            Dice dice = new Dice(seed, EntityType.FINE, (long) vehicle.index() * MAX_FINES + 1 + number);
            Fine.State state = Fine.State.values()[dice.weighted(35, 45, 8, 5, 7)];
            fines.add(fine(vehicle, offender, number, OFFENCES.get(dice.weighted(45, 20, 5, 30)), state, dice));
        }
        return fines;
    }

    private void toldFines(Personas persona, Vehicle vehicle, Person offender, List<Fine> into) {
        List<Integer> open = persona == Personas.FINED ? List.of(0, 1, 3) : List.of();
        int number = 0;
        for (int offence : open) {
            Dice dice = new Dice(seed, EntityType.FINE, (long) vehicle.index() * MAX_FINES + 1 + number);
            into.add(fine(vehicle, offender, number++, OFFENCES.get(offence), Fine.State.UNPAID, dice));
        }
        Dice dice = new Dice(seed, EntityType.FINE, (long) vehicle.index() * MAX_FINES + 1 + number);
        into.add(fine(vehicle, offender, number, OFFENCES.get(3), Fine.State.SETTLED, dice));
    }

    private Fine fine(Vehicle vehicle, Person offender, int number, Offence offence, Fine.State state, Dice dice) {
        long jod = offence.highJod() == offence.lowJod()
                ? offence.lowJod()
                : offence.lowJod() + 10L * dice.below((offence.highJod() - offence.lowJod()) / 10 + 1);
        LocalDate day = today.minusDays(dice.between(3, 700));
        boolean municipal = dice.chance(250);
        return new Fine(
                "T-" + day.getYear() + "-" + String.format("%07d", vehicle.index() * MAX_FINES + number),
                municipal ? "GAM" : "PSD",
                municipal
                        ? new Label("أمانة عمان الكبرى", "Greater Amman Municipality")
                        : new Label("مديرية الأمن العام", "Public Security Directorate"),
                vehicle.plate(),
                offender,
                day.atTime(LocalTime.of(dice.between(6, 23), dice.below(60))),
                offence.article(),
                offence.text(),
                jod * 1000,
                state == Fine.State.SETTLED && dice.chance(300) ? jod * 250 : 0,
                state);
    }

    private List<Vehicle.Hold> holds(Family family, Plate plate, List<Owner> owners) {
        List<Vehicle.Hold> holds = new ArrayList<>();
        for (Owner owner : owners) {
            court.justice(family, owner.person()).stream()
                    .flatMap(justice -> justice.attachments().stream())
                    .filter(attachment ->
                            attachment.liftedOn() == null && attachment.target().equals(plate.toString()))
                    .forEach(attachment -> holds.add(new Vehicle.Hold(
                            "COURT_ATTACHMENT",
                            new Label(
                                    "حجز بأمر من " + attachment.court().ar(),
                                    "Attached by " + attachment.court().en()),
                            attachment.caseReference(),
                            attachment.on())));
        }
        return holds;
    }

    /** The vehicle with a hold when its open fines have grown large. */
    Vehicle withFinesHold(Vehicle vehicle, List<Fine> fines) {
        List<Fine> open = fines.stream()
                .filter(fine -> fine.state() == Fine.State.UNPAID || fine.state() == Fine.State.REFERRED)
                .toList();
        long owed = open.stream().mapToLong(Fine::amountFils).sum();
        boolean told = vehicle.index() == Personas.FINED.ordinal() * Population.VEHICLES_PER_FAMILY;
        if (owed < HOLD_FROM_FILS && !told) {
            return vehicle;
        }
        List<Vehicle.Hold> holds = new ArrayList<>(vehicle.holds());
        holds.add(new Vehicle.Hold(
                "UNPAID_FINES",
                new Label("مخالفات غير مدفوعة", "Unpaid fines"),
                open.get(0).ticket(),
                open.get(0).at().toLocalDate()));
        return new Vehicle(
                vehicle.index(),
                vehicle.plate(),
                vehicle.chassis(),
                vehicle.maker(),
                vehicle.model(),
                vehicle.modelYear(),
                vehicle.colour(),
                vehicle.fuel(),
                vehicle.owners(),
                vehicle.licensedFrom(),
                vehicle.licensedTo(),
                vehicle.insurance(),
                vehicle.inspection(),
                holds,
                vehicle.liens());
    }

    private static List<Vehicle.Lien> liens(Optional<Personas> persona, Dice dice) {
        boolean pledged = persona.map(any -> any == Personas.FINED).orElseGet(() -> dice.chance(120));
        return pledged
                ? List.of(new Vehicle.Lien(
                        dice.pick(BANKS),
                        dice.between(5, 180) * 100_000L,
                        LocalDate.of(2023, 1, 1).plusDays(dice.below(700))))
                : List.of();
    }

    private Vehicle.@Nullable Insurance insurance(
            int index, LocalDate licensedTo, Optional<Personas> persona, Dice dice) {
        if (persona.isEmpty() && dice.chance(30)) {
            return null;
        }
        return new Vehicle.Insurance(
                dice.pick(INSURERS),
                String.format("POL-%08d", index),
                dice.chance(250) ? "COMPREHENSIVE" : "COMPULSORY",
                licensedTo);
    }

    private Vehicle.@Nullable Inspection inspection(
            LocalDate licensedTo, boolean lapsed, Optional<Personas> persona, Dice dice) {
        if (persona.isEmpty() && dice.chance(80)) {
            return null;
        }
        boolean failed = persona.map(any -> any == Personas.LAPSED).orElseGet(() -> lapsed && dice.chance(400));
        LocalDate on = licensedTo.minusYears(1).minusDays(dice.between(1, 12));
        return new Vehicle.Inspection(!failed, on, licensedTo);
    }

    private static String fuel(String model, Dice dice) {
        return switch (model) {
            case "Prius", "Ioniq", "Niro" -> "HYBRID";
            case "Leaf", "ID.4" -> "ELECTRIC";
            case "Hilux", "Navara", "L200" -> "DIESEL";
            default -> dice.chance(900) ? "PETROL" : "HYBRID";
        };
    }
}
