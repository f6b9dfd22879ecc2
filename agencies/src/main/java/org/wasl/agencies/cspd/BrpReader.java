package org.wasl.agencies.cspd;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.wasl.agencies.population.NationalNumbers;

/** Reads and checks one line. What the register left out may be missing; what it says must be well-formed. */
final class BrpReader {

    /** Before the nine digits of a burgerservicenummer where a record has no aNummer: no real number begins so. */
    static final String DERIVED_PREFIX = "0";

    private static final int MAX_DEPTH = 32;
    private static final int[] ELEVEN_WEIGHTS = {9, 8, 7, 6, 5, 4, 3, 2, -1};
    private static final Pattern BSN = Pattern.compile("[0-9]{9}");
    private static final Pattern A_NUMBER = Pattern.compile("[1-9][0-9]{9}");
    private static final Pattern EIGHT_DIGITS = Pattern.compile("[0-9]{8}");
    private static final String UNKNOWN_DATE = "00000000";

    private final ObjectMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    BrpLine read(BoundedLines.Line line) {
        if (line.tooLong()) {
            return new BrpLine.Refused("longer than " + CivilRegisterLoader.MAX_LINE_BYTES + " bytes");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line.bytes()))
                    .toString()
                    .strip();
        } catch (CharacterCodingException e) {
            return new BrpLine.Refused("not UTF-8");
        }
        if (text.isEmpty()) {
            return new BrpLine.Blank();
        }
        try {
            return check(json.readTree(text), text);
        } catch (JsonProcessingException e) {
            return new BrpLine.Refused("not JSON: " + e.getOriginalMessage());
        }
    }

    private static BrpLine check(JsonNode person, String text) {
        if (!person.isObject()) {
            return new BrpLine.Refused("not a JSON object");
        }
        String bsn = person.path("burgerservicenummer").asText("");
        if (!BSN.matcher(bsn).matches()) {
            return new BrpLine.Refused("burgerservicenummer is missing or not nine digits");
        }
        Optional<String> wrong =
                numberProblem(person).or(() -> problem(person, "")).or(() -> nameProblem(person));
        if (wrong.isPresent()) {
            return new BrpLine.Refused(wrong.get());
        }
        boolean elevenTest = elevenTest(bsn);
        return new BrpLine.Accepted(
                person.has("aNummer") ? person.path("aNummer").asText() : DERIVED_PREFIX + bsn,
                bsn,
                elevenTest,
                death(person),
                person.findValue("inOnderzoek") != null
                        || person.has("persoonInOnderzoek")
                        || person.has("gezagInOnderzoek"),
                !person.path("geheimhoudingPersoonsgegevens").asText("0").equals("0"),
                text,
                elevenTest
                        ? Optional.empty()
                        : Optional.of("burgerservicenummer " + bsn + " fails the eleven test; loaded as it is"));
    }

    private static Optional<String> numberProblem(JsonNode person) {
        if (!person.has("aNummer")) {
            return Optional.empty();
        }
        String number = person.path("aNummer").asText("");
        if (!A_NUMBER.matcher(number).matches()) {
            return Optional.of("aNummer is not ten digits, the first not 0");
        }
        return number.startsWith(NationalNumbers.RESERVED_PREFIX)
                ? Optional.of("aNummer is in the block reserved for invented people")
                : Optional.empty();
    }

    private static Optional<String> nameProblem(JsonNode person) {
        return person.path("naam").path("geslachtsnaam").asText("").isBlank()
                ? Optional.of("naam.geslachtsnaam is missing: the record names nobody")
                : Optional.empty();
    }

    /** The first thing wrong anywhere below a node. */
    private static Optional<String> problem(JsonNode node, String path) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            JsonNode value = field.getValue();
            Optional<String> wrong =
                    value.isTextual() ? textProblem(field.getKey(), value.asText(), at) : problem(value, at);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            Optional<String> wrong = problem(node.get(index), path + "[" + index + "]");
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> textProblem(String name, String value, String at) {
        if (name.startsWith("datum") && !isDate(value)) {
            return Optional.of(at + " is not a date: eight digits YYYYMMDD, 00 where unknown");
        }
        return value.codePoints().allMatch(BrpReader::fitsXml)
                ? Optional.empty()
                : Optional.of(at + " holds a control character");
    }

    private static boolean fitsXml(int codePoint) {
        return codePoint >= 0x20
                && codePoint != 0x7F
                && codePoint != 0xFFFE
                && codePoint != 0xFFFF
                && !(codePoint >= 0xD800 && codePoint <= 0xDFFF);
    }

    /** A day, a month ({@code 19800300}), a year ({@code 19800000}) or unknown ({@code 00000000}). */
    static boolean isDate(String digits) {
        if (!EIGHT_DIGITS.matcher(digits).matches()) {
            return false;
        }
        int year = Integer.parseInt(digits.substring(0, 4));
        int month = Integer.parseInt(digits.substring(4, 6));
        int day = Integer.parseInt(digits.substring(6));
        if (year == 0 || month == 0) {
            return month == 0 && day == 0;
        }
        try {
            return day == 0
                    ? YearMonth.of(year, month).getYear() == year
                    : LocalDate.of(year, month, day).getYear() == year;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Optional<String> death(JsonNode person) {
        if (person.has("overlijden")) {
            return Optional.of(person.path("overlijden").path("datum").asText(UNKNOWN_DATE));
        }
        JsonNode suspension = person.path("opschortingBijhouding");
        return suspension.path("reden").path("code").asText("").equals("O")
                ? Optional.of(suspension.path("datum").asText(UNKNOWN_DATE))
                : Optional.empty();
    }

    private static boolean elevenTest(String bsn) {
        int sum = 0;
        for (int index = 0; index < ELEVEN_WEIGHTS.length; index++) {
            sum += (bsn.charAt(index) - '0') * ELEVEN_WEIGHTS[index];
        }
        return sum % 11 == 0;
    }
}
