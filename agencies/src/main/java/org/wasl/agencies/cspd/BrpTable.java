package org.wasl.agencies.cspd;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The loaded entries' table. */
final class BrpTable implements AutoCloseable {

    private final OffsetDateTime loadedAt;
    private final PreparedStatement byNumbers;
    private final PreparedStatement byNationalNumber;
    private final PreparedStatement insert;
    private final PreparedStatement update;

    BrpTable(Connection connection, Instant loadedAt) throws SQLException {
        this.loadedAt = loadedAt.atOffset(ZoneOffset.UTC);
        byNumbers = connection.prepareStatement("SELECT RAQAM_WATANI, BURGERSERVICENUMMER FROM AHWAL.BRP_PERSON"
                + " WHERE (RAQAM_WATANI = ? AND BURGERSERVICENUMMER <> ?)"
                + " OR (BURGERSERVICENUMMER = ? AND RAQAM_WATANI <> ?)");
        byNationalNumber = connection.prepareStatement("SELECT SHA256 FROM AHWAL.BRP_PERSON WHERE RAQAM_WATANI = ?");
        insert = connection.prepareStatement(
                "INSERT INTO AHWAL.BRP_PERSON (BURGERSERVICENUMMER, BSN_ELFPROEF, HALA, WAFAT,"
                        + " ONDERZOEK, GEHEIM, WATHIQA, SHA256, LINE_NO, TAHDITH, RAQAM_WATANI)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        update = connection.prepareStatement("UPDATE AHWAL.BRP_PERSON SET BURGERSERVICENUMMER = ?, BSN_ELFPROEF = ?,"
                + " HALA = ?, WAFAT = ?, ONDERZOEK = ?, GEHEIM = ?, WATHIQA = ?, SHA256 = ?, LINE_NO = ?, TAHDITH = ?"
                + " WHERE RAQAM_WATANI = ?");
    }

    /** Why the two numbers of a record cannot stand beside what is there, if so. */
    Optional<String> clash(BrpLine.Accepted record) throws SQLException {
        byNumbers.setString(1, record.nationalNumber());
        byNumbers.setString(2, record.burgerservicenummer());
        byNumbers.setString(3, record.burgerservicenummer());
        byNumbers.setString(4, record.nationalNumber());
        try (ResultSet rows = byNumbers.executeQuery()) {
            return rows.next()
                    ? Optional.of("burgerservicenummer " + record.burgerservicenummer() + " and number "
                            + record.nationalNumber() + " clash with the loaded " + rows.getString(2) + " and "
                            + rows.getString(1))
                    : Optional.empty();
        }
    }

    /** The digest of the document held under a number. */
    Optional<String> digest(String nationalNumber) throws SQLException {
        byNationalNumber.setString(1, nationalNumber);
        try (ResultSet rows = byNationalNumber.executeQuery()) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    void insert(BrpLine.Accepted record, String digest, long line) throws SQLException {
        write(insert, record, digest, line);
    }

    void update(BrpLine.Accepted record, String digest, long line) throws SQLException {
        write(update, record, digest, line);
    }

    private void write(PreparedStatement statement, BrpLine.Accepted record, String digest, long line)
            throws SQLException {
        statement.setString(1, record.burgerservicenummer());
        statement.setBoolean(2, record.elevenTest());
        statement.setInt(3, record.death().isPresent() ? 2 : 1);
        statement.setString(4, record.death().orElse(null));
        statement.setBoolean(5, record.underInvestigation());
        statement.setBoolean(6, record.confidential());
        statement.setString(7, record.document());
        statement.setString(8, digest);
        statement.setLong(9, line);
        statement.setObject(10, loadedAt);
        statement.setString(11, record.nationalNumber());
        statement.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : List.of(byNumbers, byNationalNumber, insert, update)) {
            statement.close();
        }
    }
}
