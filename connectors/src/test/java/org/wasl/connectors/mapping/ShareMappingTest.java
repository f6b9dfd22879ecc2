package org.wasl.connectors.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.transform.stream.StreamSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SaxonApiException;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.backend.Answer;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclarations;
import org.wasl.connectors.declaration.InvalidDeclarationsException;
import org.wasl.connectors.declaration.PackFiles;
import org.wasl.connectors.xml.ClosedSaxon;
import org.wasl.schemas.pack.Pack;
import org.wasl.schemas.pack.Packs;

/** The land register's yes or no: what its stylesheet says of shares is what whole numbers of any size say. */
class ShareMappingTest {

    private static final String ASKED = "9990045842";

    private final Processor processor = ClosedSaxon.newProcessor();
    private final ConnectorDeclaration declaration = declaration();
    private final AnswerMapping mapping = mapping();

    /** A share in a title; a number that is empty is one that the title is not linked to. */
    record Share(String number, int numerator, int denominator) {}

    private static ConnectorDeclaration declaration() {
        Pack land = Packs.shipped().all().stream()
                .filter(pack -> pack.code().equals("dls"))
                .findFirst()
                .orElseThrow();
        try {
            return ConnectorDeclarations.read(
                            new PackFiles(land), Map.of("dls.address", "http://dls.invalid/", "dls.user", "bus"))
                    .stream()
                    .filter(connector -> connector.service().code().equals("owns-share"))
                    .findFirst()
                    .orElseThrow();
        } catch (InvalidDeclarationsException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private AnswerMapping mapping() {
        try {
            return AnswerMapping.compile(processor, declaration);
        } catch (InvalidDeclarationsException e) {
            throw new AssertionError(e);
        }
    }

    @Provide
    Arbitrary<List<Share>> shares() {
        Arbitrary<Integer> denominators = Arbitraries.integers().between(1, 2_000_000);
        Arbitrary<String> numbers = Arbitraries.of(ASKED, ASKED, "9990915912", "");
        return Combinators.combine(numbers, denominators, Arbitraries.integers().between(1, 100))
                .as((number, denominator, part) -> new Share(number, Math.max(1, denominator / part), denominator))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Property(tries = 300)
    void held_whateverTheShares_isExact(
            @ForAll("shares") List<Share> shares, @ForAll @IntRange(min = 1, max = 100) int percent) throws Exception {
        BigInteger numerator = BigInteger.ZERO;
        BigInteger denominator = BigInteger.ONE;
        for (Share share : shares) {
            if (share.number().equals(ASKED)) {
                BigInteger below = BigInteger.valueOf(share.denominator());
                numerator = numerator
                        .multiply(below)
                        .add(BigInteger.valueOf(share.numerator()).multiply(denominator));
                denominator = denominator.multiply(below);
            }
        }
        boolean enough =
                numerator.multiply(BigInteger.valueOf(100)).compareTo(denominator.multiply(BigInteger.valueOf(percent)))
                        >= 0;
        boolean unlinked = shares.stream().anyMatch(share -> share.number().isEmpty());
        String record = record(shares, percent);
        assertThat(record).contains(">" + (enough ? "YES" : unlinked ? "NOT_SHOWN" : "NO") + "<");
        // One word is all that is told of anybody's shares.
        assertThat(record).doesNotContain("owner").doesNotContain("9990");
    }

    private String record(List<Share> shares, int percent) throws SaxonApiException {
        StringBuilder title =
                new StringBuilder("<t:getTitleResponse xmlns:t='urn:dls:land:1'><deed><directorate>1</directorate>"
                        + "<directorateName>x</directorateName><village>1</village><basin>1</basin><parcel>7</parcel>");
        for (Share share : shares) {
            title.append("<owner>");
            if (!share.number().isEmpty()) {
                title.append("<number>").append(share.number()).append("</number>");
            }
            title.append("<numerator>").append(share.numerator()).append("</numerator><denominator>");
            title.append(share.denominator()).append("</denominator></owner>");
        }
        title.append("</deed></t:getTitleResponse>");
        Answer answer = new Answer.Data(
                new ConnectorQuery(
                        "id",
                        declaration.service(),
                        Map.of("nationalNumber", ASKED, "percent", Integer.toString(percent)),
                        Instant.MAX),
                processor.newDocumentBuilder().build(new StreamSource(new StringReader(title.toString()))),
                Instant.EPOCH,
                "",
                0);
        ConnectorResult result = mapping.map(answer).result();
        assertThat(result).isInstanceOf(ConnectorResult.Found.class);
        return new String(((ConnectorResult.Found) result).record(), StandardCharsets.UTF_8);
    }
}
