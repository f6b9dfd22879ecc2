package org.wasl.agencies.ptax;

import jakarta.jws.WebService;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.population.Family;
import org.wasl.agencies.population.Owner;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.population.Title;
import org.wasl.agencies.server.Reads;
import org.wasl.agencies.server.SettlementBook;

/** Answers from the invented titles. Public because the SOAP stack calls it by reflection. */
@WebService(
        endpointInterface = "org.wasl.agencies.ptax.PropertyAccounts",
        serviceName = "PropertyAccounts",
        portName = "PropertyAccountsPort",
        targetNamespace = PropertyAccounts.NAMESPACE)
public final class PropertyOffice implements PropertyAccounts {

    private static final ZoneId AMMAN = ZoneId.of("Asia/Amman");
    private static final Pattern NATIONAL_NUMBER = Pattern.compile("[0-9]{10}");
    private static final Pattern ACCOUNT = Pattern.compile("PT[0-9]{8}");
    private static final Pattern SETTLEMENT = Pattern.compile("[0-9a-f-]{36}");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}\\.[0-9]{3}");
    private static final Pattern KEY_PART = Pattern.compile("[0-9]{1,6}");

    private final Population population;
    private final Reads reads;
    private final SettlementBook book;

    PropertyOffice(Population population, Reads reads, SettlementBook book) {
        this.population = population;
        this.reads = reads;
        this.book = book;
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
        return disclosed(reply, nationalNumber);
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
        return disclosed(reply, key.toString());
    }

    @Override
    public SettlementReply settleDues(
            @Nullable String settlementId, @Nullable String nationalNumber, @Nullable String amount) throws BadRequest {
        if (nationalNumber == null || !NATIONAL_NUMBER.matcher(nationalNumber).matches()) {
            throw new BadRequest("nationalNumber");
        }
        return settled(settlementId, amount, "0.000", () -> {
            Map<String, Long> owed = new HashMap<>();
            population.familyOf(nationalNumber).ifPresent(family -> population.titlesOf(family).stream()
                    .filter(Title::linked)
                    .filter(title -> title.owners().stream()
                            .anyMatch(owner -> owner.person().nationalNumber().equals(nationalNumber)))
                    .forEach(title -> title.years().forEach(year -> owed.put(due(title, year), year.balanceFils()))));
            return new SettlementBook.Claim(owed, 0);
        });
    }

    @Override
    public SettlementReply settleYear(
            @Nullable String settlementId,
            @Nullable String accountNo,
            @Nullable String year,
            @Nullable String amount,
            @Nullable String discount)
            throws BadRequest {
        if (accountNo == null || year == null || !ACCOUNT.matcher(accountNo).matches()) {
            throw new BadRequest("accountNo");
        }
        return settled(settlementId, amount, discount, () -> {
            Map<String, Long> owed = new HashMap<>();
            long most = 0;
            for (Title.Year of : population.title(accountNo).map(Title::years).orElse(List.of())) {
                if (Integer.toString(of.year()).equals(year)) {
                    owed.put(accountNo + "/" + year, of.balanceFils());
                    // A tenth of the tax, to the next fils: the law's discount for who pays early.
                    most = (of.tax() + 9) / 10;
                }
            }
            return new SettlementBook.Claim(owed, most);
        });
    }

    private SettlementReply settled(
            @Nullable String id,
            @Nullable String amount,
            @Nullable String discount,
            Supplier<SettlementBook.Claim> claim)
            throws BadRequest {
        if (id == null || !SETTLEMENT.matcher(id).matches()) {
            throw new BadRequest("settlementId");
        }
        try {
            SettlementBook.Entry entry = book.settle(id, fils("amount", amount), fils("discount", discount), claim);
            SettlementReply reply = new SettlementReply();
            reply.settlementId = entry.id();
            reply.outcome = entry.settled() ? "SETTLED" : "REFUSED";
            reply.reason = entry.reason();
            reply.amount = jod(entry.fils());
            reply.receiptNo = entry.receipt();
            reply.at = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(entry.at().atZone(AMMAN));
            return reply;
        } catch (SQLException e) {
            throw new IllegalStateException("a settlement cannot be written", e);
        }
    }

    private static long fils(String field, @Nullable String amount) throws BadRequest {
        if (amount == null || !AMOUNT.matcher(amount).matches()) {
            throw new BadRequest(field);
        }
        return new BigDecimal(amount).movePointRight(3).longValueExact();
    }

    private static String due(Title title, Title.Year year) {
        return title.account() + "/" + year.year();
    }

    private AccountsReply disclosed(AccountsReply reply, String about) {
        reply.coverage = reply.titlesWithoutNumber == 0 ? "FULL" : "PARTIAL";
        reply.askedAt = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                OffsetDateTime.now(AMMAN).truncatedTo(ChronoUnit.SECONDS));
        reads.record("accounts " + about);
        return reply;
    }

    private static String part(String field, @Nullable String value) throws BadRequest {
        if (value == null || !KEY_PART.matcher(value).matches()) {
            throw new BadRequest(field);
        }
        return value;
    }

    private Account account(Title title, Owner owner) {
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
        long due = 0;
        for (Title.Year year : title.years()) {
            YearLine line = line(title, year);
            account.yearLine.add(line);
            due += line.balance.movePointRight(3).longValueExact();
        }
        account.totalDue = jod(due);
        if (due > 0) {
            account.blocker.add("DUES");
        }
        if (title.undivided()) {
            account.blocker.add("UNDIVIDED");
        }
        account.clearable = account.blocker.isEmpty() ? "Y" : "N";
        account.note = "SYNTHETIC";
        return account;
    }

    private YearLine line(Title title, Title.Year year) {
        Optional<Long> discount = book.paid(due(title, year));
        long more = discount.map(taken -> year.balanceFils() - taken).orElse(0L);
        YearLine line = new YearLine();
        line.year = year.year();
        line.buildingTax = jod(year.tax());
        line.educationTax = jod(year.education());
        line.sewerFee = jod(year.sewer());
        line.penalty = jod(year.penalty());
        line.earlyDiscount = jod(year.discount() + discount.orElse(0L));
        line.paid = jod(year.paid() + more);
        line.balance = jod(discount.isPresent() ? 0 : year.balanceFils());
        return line;
    }

    private static BigDecimal jod(long fils) {
        return BigDecimal.valueOf(fils, 3);
    }
}
