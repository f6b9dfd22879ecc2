package org.wasl.messagelog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.SqliteLogStore;

/** What somebody with root on the operator's files can do, and what an auditor sees of it, offline. */
class InsiderTest {

    private static final String BEGIN = "<!-- insider-table:begin -->\n";
    private static final String END = "<!-- insider-table:end -->\n";
    private static final String REWRITE = "wasl.evidence.rewrite";
    private static final Path DOCUMENT = Path.of(System.getProperty("wasl.root"), "docs", "evidence.md");

    @TempDir
    static Path directory;

    private static @Nullable OperatorsLog lived;

    private static OperatorsLog log() {
        return Objects.requireNonNull(lived);
    }

    @BeforeAll
    static void liveTwoDays() throws Exception {
        lived = OperatorsLog.live(directory);
    }

    /** What an auditor finds after this attack. */
    private record Seen(LogVerdict withCheckpoints, LogVerdict alone) {

        static Seen after(Attack attack) throws Exception {
            Path file = log().copy();
            attack.by(new Insider(log(), file));
            return new Seen(log().verify(file, log().carriedAway), log().verify(file, List.of()));
        }
    }

    @Test
    void verify_whenNobodyLaidHandsOnIt_isIntactAndWitnessedToItsEnd() throws Exception {
        assertThat(log().verify(log().file(), log().carriedAway))
                .isInstanceOfSatisfying(LogVerdict.Intact.class, intact -> {
                    assertThat(intact.size()).isEqualTo(OperatorsLog.SIZE);
                    assertThat(intact.tally().checkpoints()).isEqualTo(OperatorsLog.CHECKPOINTS.size());
                    assertThat(intact.tally().witnessed()).isEqualTo(OperatorsLog.SIZE);
                });
    }

    @ParameterizedTest
    @EnumSource
    void verify_whenAttacked_namesTheFirstBadIndexAndTheKind(Attack attack) throws Exception {
        Seen seen = Seen.after(attack);

        assertThat(seen.withCheckpoints()).isInstanceOfSatisfying(LogVerdict.Damaged.class, damaged -> {
            assertThat(damaged.first().kind()).as(damaged.toString()).isEqualTo(attack.kind());
            assertThat(damaged.first().index()).as(damaged.toString()).isEqualTo(attack.index());
        });
        if (attack.alone() == null) {
            assertThat(seen.alone()).isInstanceOf(LogVerdict.Intact.class);
        } else {
            assertThat(seen.alone()).isInstanceOfSatisfying(LogVerdict.Damaged.class, damaged -> assertThat(
                            damaged.first().kind())
                    .as(damaged.toString())
                    .isEqualTo(attack.alone()));
        }
    }

    /** Why checkpoints are cosigned and carried away: without them, the node's own key makes anything true. */
    @Test
    void verify_whenRewrittenFromScratchAndNobodyHoldsACheckpoint_passesButIsWitnessedByNobody() throws Exception {
        Seen seen = Seen.after(Attack.REWRITE);

        assertThat(seen.alone()).isInstanceOfSatisfying(LogVerdict.Intact.class, intact -> {
            assertThat(intact.tally().checkpoints()).isEqualTo(OperatorsLog.CHECKPOINTS.size());
            assertThat(intact.tally().witnessed()).isZero();
        });
    }

    /** Two logs of the same beginning, one for each witness; the auditor is shown the one that the first witness saw. */
    private LogVerdict afterTwoTrees(boolean both) throws Exception {
        Path shown = log().copy();
        Path hidden = log().copy();
        new Insider(log(), hidden).rewrite(Insider.editing(33));
        Instant at = OperatorsLog.DAY_TWO.plusSeconds(3_640);
        List<SignedNote> inHand = new ArrayList<>(log().carriedAway.subList(0, 1));
        inHand.add(note(shown).with(List.of(OperatorsLog.cosign(note(shown), log().court, at))));
        if (both) {
            inHand.add(note(hidden).with(List.of(OperatorsLog.cosign(note(hidden), log().ministry, at))));
        }
        return log().verify(shown, inHand);
    }

    private static SignedNote note(Path file) throws Exception {
        try (LogSource source = SqliteLogStore.openReadOnly(file)) {
            return log().sign(source.head().size(), source.head().root());
        }
    }

    @Test
    void verify_whenTwoWitnessesWereShownDifferentTrees_isForked() throws Exception {
        assertThat(afterTwoTrees(true)).isInstanceOfSatisfying(LogVerdict.Damaged.class, damaged -> {
            assertThat(damaged.first().kind()).as(damaged.toString()).isEqualTo(DamageKind.FORKED);
            assertThat(damaged.first().index()).as(damaged.toString()).isEqualTo(20);
        });
        assertThat(afterTwoTrees(false)).isInstanceOf(LogVerdict.Intact.class);
    }

    @Test
    void evidenceTable_whenRenderedFromTheAttacks_isTheOneInTheDocument() throws Exception {
        String table = table();
        String document = Files.readString(DOCUMENT, StandardCharsets.UTF_8);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        if (Boolean.getBoolean(REWRITE)) {
            Files.writeString(
                    DOCUMENT, document.substring(0, begin) + table + document.substring(end), StandardCharsets.UTF_8);
            return;
        }
        assertThat(document.substring(begin, end))
                .as("the table in " + DOCUMENT + ": run this test with -D" + REWRITE + "=true")
                .isEqualTo(table);
    }

    private String table() throws Exception {
        StringBuilder table = new StringBuilder("| attack | the auditor is told | first bad index | without checkpoints"
                + " from elsewhere |\n|---|---|---|---|\n");
        for (Attack attack : Attack.values()) {
            Seen seen = Seen.after(attack);
            row(table, attack.words(), seen.withCheckpoints(), seen.alone());
        }
        row(table, "show two witnesses different trees", afterTwoTrees(true), afterTwoTrees(false));
        return table.toString();
    }

    private static void row(StringBuilder table, String words, LogVerdict seen, LogVerdict alone) {
        LogVerdict.Damaged damaged = (LogVerdict.Damaged) seen;
        String without = alone instanceof LogVerdict.Damaged known
                ? "`" + known.first().kind() + "`"
                : "passes, witnessed up to leaf " + alone.tally().witnessed();
        table.append("| ")
                .append(words)
                .append(" | `")
                .append(damaged.first().kind())
                .append("` | ")
                .append(damaged.first().index())
                .append(" | ")
                .append(without)
                .append(" |\n");
    }
}
