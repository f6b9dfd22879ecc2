package org.wasl.agencies.ptax;

import jakarta.jws.WebService;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.population.Family;
import org.wasl.agencies.population.Owner;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.population.Title;
import org.wasl.agencies.server.Reads;

/** Answers from the invented titles. Public because the SOAP stack calls it by reflection. */
@WebService(
        endpointInterface = "org.wasl.agencies.ptax.PropertyAccounts",
        serviceName = "PropertyAccounts",
        portName = "PropertyAccountsPort",
        targetNamespace = PropertyAccounts.NAMESPACE)
public final class PropertyOffice implements PropertyAccounts {

    private static final ZoneId AMMAN = ZoneId.of("Asia/Amman");
    private static final Pattern NATIONAL_NUMBER = Pattern.compile("[0-9]{10}");
    private static final Pattern KEY_PART = Pattern.compile("[0-9]{1,6}");

    private final Population population;
    private final Reads reads;

    PropertyOffice(Population population, Reads reads) {
        this.population = population;
        this.reads = reads;
    }

    @Override
    public AccountsReply getAccounts(@Nullable String nationalNumber) throws AccountNotFound, BadRequest {
        if (nationalNumber == null || !NATIONAL_NUMBER.matcher(nationalNumber).matches()) {
            throw new BadRequest("nationalNumber");
        }
        Optional<Family> family = population.familyOf(nationalNumber);
        List<Title> titles = family.map(population::titlesOf).orElse(List.of());
        Predicate<Owner> isAsked = owner -> owner.person().nationalNumber().equals(nationalNumber);
        AccountsReply reply = new AccountsReply();
        reply.ownerNumber = nationalNumber;
        for (Title title : titles) {
            Optional<Owner> owner = title.owners().stream().filter(isAsked).findFirst();
            if (owner.isPresent() && title.linked()) {
                reply.account.add(account(title, owner.get()));
            } else if (owner.isPresent()) {
                reply.titlesWithoutNumber++;
            }
        }
        if (reply.account.isEmpty()) {
            throw new AccountNotFound(nationalNumber);
        }
        return disclosed(reply);
    }

    @Override
    public AccountsReply getAccountByParcel(
            @Nullable String directorate, @Nullable String village, @Nullable String basin, @Nullable String parcel)
            throws AccountNotFound, BadRequest {
        Title.ParcelKey key = new Title.ParcelKey(
                part("directorate", directorate),
                part("village", village),
                part("basin", basin),
                part("parcel", parcel));
        Optional<Title> title = population.title(key);
        if (title.isEmpty()) {
            throw new AccountNotFound(directorate + "/" + village + "/" + basin + "/" + parcel);
        }
        AccountsReply reply = new AccountsReply();
        reply.account.add(account(title.get(), title.get().owners().get(0)));
        return disclosed(reply);
    }

    private AccountsReply disclosed(AccountsReply reply) {
        reply.coverage = reply.titlesWithoutNumber == 0 ? "FULL" : "PARTIAL";
        reply.askedAt = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                OffsetDateTime.now(AMMAN).truncatedTo(ChronoUnit.SECONDS));
        reads.record();
        return reply;
    }

    private static String part(String field, @Nullable String value) throws BadRequest {
        if (value == null || !KEY_PART.matcher(value).matches()) {
            throw new BadRequest(field);
        }
        return value;
    }

    private static Account account(Title title, Owner owner) {
        Account account = new Account();
        account.accountNo = title.account();
        account.directorateCode = title.parcel().directorate();
        account.directorateName = title.place().governorate().ar();
        account.villageCode = title.parcel().village();
        account.villageName = title.place().liwa().ar();
        account.basinNo = title.parcel().basin();
        account.parcelNo = title.parcel().parcel();
        account.liwaCode = title.place().code();
        account.use = title.use();
        account.assessedRent = jod(title.assessedRentFils());
        account.registeredOwner = owner.name();
        account.shareNumerator = owner.numerator();
        account.shareDenominator = owner.denominator();
        account.undivided = title.undivided();
        title.years().forEach(year -> account.yearLine.add(line(year)));
        account.totalDue = jod(title.dueFils());
        if (title.dueFils() > 0) {
            account.blocker.add("DUES");
        }
        if (title.undivided()) {
            account.blocker.add("UNDIVIDED");
        }
        account.clearable = account.blocker.isEmpty() ? "Y" : "N";
        account.note = "SYNTHETIC";
        return account;
    }

    private static YearLine line(Title.Year year) {
        YearLine line = new YearLine();
        line.year = year.year();
        line.buildingTax = jod(year.tax());
        line.educationTax = jod(year.education());
        line.sewerFee = jod(year.sewer());
        line.penalty = jod(year.penalty());
        line.earlyDiscount = jod(year.discount());
        line.paid = jod(year.paid());
        line.balance = jod(year.balanceFils());
        return line;
    }

    private static BigDecimal jod(long fils) {
        return BigDecimal.valueOf(fils, 3);
    }
}
