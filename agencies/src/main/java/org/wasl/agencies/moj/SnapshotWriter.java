package org.wasl.agencies.moj;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.population.Family;
import org.wasl.agencies.population.Justice;
import org.wasl.agencies.population.Person;
import org.wasl.agencies.population.Population;

/** Writes one snapshot's partitions and manifest into a directory. */
final class SnapshotWriter {

    private static final int PARTITIONS = 100;
    private static final String STATUS_HEADER =
            "national_number,full_name,status_code,decided_on,certificate_no,valid_until,remarks\n";
    private static final String ATTACHMENT_HEADER =
            "national_number,row_kind,court_code,court_name,case_year,case_number,"
                    + "case_type,attached_on,scope,target,amount_jod,lifted_on,remarks\n";

    private final Population population;
    private final Path directory;
    private final String name;
    private final Instant now;
    private final Justice.@Nullable Status reviewed;

    /**
     * @param reviewed what the clerks found in every matter that they looked into by hand; null while they still look
     */
    SnapshotWriter(Population population, Path directory, String name, Instant now, Justice.@Nullable Status reviewed) {
        this.reviewed = reviewed;
        this.population = population;
        this.directory = directory;
        this.name = name;
        this.now = now;
    }

    void write() throws IOException {
        StringBuilder manifest =
                new StringBuilder("# snapshot " + name + "\n# generated " + now + "\n# coverage COMPLETE\n");
        StringBuilder[] status = headed(STATUS_HEADER);
        StringBuilder[] attachments = headed(ATTACHMENT_HEADER);
        for (int index = 0; index < population.familyCount(); index++) {
            Family family = population.family(index);
            for (Person person : family.members()) {
                Optional<Justice> justice = population.justiceOf(family, person);
                if (justice.isPresent()) {
                    int partition = Integer.parseInt(person.nationalNumber().substring(8));
                    status(status[partition], justice.get());
                    attachments(attachments[partition], justice.get());
                }
            }
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            file(manifest, String.format("attachments-%02d.csv", partition), attachments[partition]);
            file(manifest, String.format("status-%02d.csv", partition), status[partition]);
        }
        Files.writeString(directory.resolve("MANIFEST"), manifest, StandardCharsets.UTF_8);
    }

    private void file(StringBuilder manifest, String fileName, StringBuilder text) throws IOException {
        byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
        Files.write(directory.resolve(fileName), content);
        manifest.append(sha256(content)).append("  ").append(fileName).append('\n');
    }

    private void status(StringBuilder out, Justice justice) {
        Person person = justice.person();
        boolean looked = justice.status() == Justice.Status.MANUAL_REVIEW && reviewed != null;
        Justice.Status status = looked ? reviewed : justice.status();
        boolean clear = status == Justice.Status.CLEAR;
        boolean review = status == Justice.Status.MANUAL_REVIEW;
        LocalDate decided = looked ? LocalDate.ofInstant(now, ZoneOffset.UTC) : justice.decidedOn();
        row(
                out,
                person.nationalNumber(),
                person.name().arabic(),
                clear ? "C" : review ? "M" : "N",
                decided == null ? "" : decided.toString(),
                clear ? "NC-" + person.nationalNumber().substring(4) : "",
                clear && decided != null ? decided.plusYears(1).toString() : "",
                review ? "تشابه أسماء، يحتاج \"تدقيق\" يدوي\nSYNTHETIC" : "SYNTHETIC");
    }

    private void attachments(StringBuilder out, Justice justice) {
        String number = justice.person().nationalNumber();
        if (justice.attachments().isEmpty()) {
            row(out, number, "NIL", "", "", "", "", "", "", "", "", "", "", "SYNTHETIC");
        }
        for (Justice.Attachment attachment : justice.attachments()) {
            row(
                    out,
                    number,
                    attachment.liftedOn() == null ? "ATT" : "REL",
                    attachment.courtCode(),
                    attachment.court().ar(),
                    Integer.toString(attachment.caseYear()),
                    Integer.toString(attachment.caseNumber()),
                    attachment.caseType(),
                    attachment.on().toString(),
                    attachment.scope().name(),
                    attachment.target(),
                    BigDecimal.valueOf(attachment.amountFils(), 3).toPlainString(),
                    text(attachment.liftedOn()),
                    "SYNTHETIC");
        }
    }

    private static String text(@Nullable LocalDate date) {
        return date == null ? "" : date.toString();
    }

    private static StringBuilder[] headed(String header) {
        StringBuilder[] partitions = new StringBuilder[PARTITIONS];
        for (int index = 0; index < PARTITIONS; index++) {
            partitions[index] = new StringBuilder(header);
        }
        return partitions;
    }

    private static void row(StringBuilder out, String... cells) {
        for (int index = 0; index < cells.length; index++) {
            out.append(index == 0 ? "\"" : ",\"")
                    .append(cells[index].replace("\"", "\"\""))
                    .append('"');
        }
        out.append('\n');
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
