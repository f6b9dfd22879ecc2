package org.wasl.messagelog.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.merkle.InclusionProof;
import org.wasl.messagelog.merkle.TreeHash;
import org.wasl.messagelog.note.NoteSignature;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.TestSigner;

class CheckpointTest {

    private static final String ORIGIN = "log.example/one";
    private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private static final Instant AT = Instant.ofEpochSecond(1_679_315_147L);

    private final TestSigner log = TestSigner.log(ORIGIN);
    private final TestSigner witness = TestSigner.witness("witness.example/w1");

    @Test
    void parse_whenItIsOne_givesItsParts() {
        Checkpoint read = Checkpoint.parse("example.com/behind-the-sofa\n20852163\n" + ROOT + "\n")
                .orElseThrow();

        assertThat(read.origin()).isEqualTo("example.com/behind-the-sofa");
        assertThat(read.size()).isEqualTo(20_852_163L);
        assertThat(read.root()).hasSize(TreeHash.LENGTH_BYTES).startsWith(0x0A, 0xC5);
        assertThat(read.extensions()).isEmpty();
    }

    @Test
    void parse_whenOthersAddedLines_keepsThem() {
        String text = ORIGIN + "\n7\n" + ROOT + "\none\ntwo\n";

        assertThat(Checkpoint.parse(text).orElseThrow().extensions()).containsExactly("one", "two");
        assertThat(Checkpoint.parse(text).orElseThrow().text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "log.example/one\n7\n",
                "log.example/one\n7\n" + ROOT,
                "\n7\n" + ROOT + "\n",
                "log.example/one\n07\n" + ROOT + "\n",
                "log.example/one\n-7\n" + ROOT + "\n",
                "log.example/one\n99999999999999999999\n" + ROOT + "\n",
                "log.example/one\n9999999999999999999\n" + ROOT + "\n",
                "log.example/one\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2\n",
                "log.example/one\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
                "log.example/one\n7\n" + ROOT + "\n\n",
            })
    void parse_whenItIsNone_isEmpty(String text) {
        assertThat(Checkpoint.parse(text)).isEmpty();
    }

    @Test
    void verify_whenAWitnessCosigned_tellsWhen() {
        String text = checkpoint(3).text();
        NoteSignature signature = Cosignature.sign(text, AT, witness);

        assertThat(Cosignature.verify(text, signature, witness.verifierKey())
                        .orElseThrow()
                        .at())
                .isEqualTo(AT);
        assertThat(signature.signature()).hasSize(Long.BYTES + 64);
    }

    @Test
    void verify_whenAnythingIsAnother_isEmpty() {
        String text = checkpoint(3).text();
        NoteSignature signature = Cosignature.sign(text, AT, witness);
        byte[] later = signature.signature().clone();
        later[Long.BYTES - 1]++;

        assertThat(Cosignature.verify(checkpoint(4).text(), signature, witness.verifierKey()))
                .isEmpty();
        assertThat(Cosignature.verify(
                        text, new NoteSignature(signature.name(), signature.keyId(), later), witness.verifierKey()))
                .isEmpty();
        assertThat(Cosignature.verify(
                        text,
                        signature,
                        TestSigner.witness("witness.example/w1").verifierKey()))
                .isEmpty();
        assertThat(Cosignature.verify(
                        text, SignedNote.sign(text, log).signatures().get(0), log.verifierKey()))
                .isEmpty();
    }

    @Test
    void octets_whenAProofIsCarriedAway_itComesBackAndIncludesItsLeaf() {
        SignedNote note = SignedNote.sign(checkpoint(3).text(), log)
                .with(List.of(Cosignature.sign(checkpoint(3).text(), AT, witness)));
        LogProof proof = LogProof.of(new InclusionProof(2, 3, List.of(twoLeaves())), note);

        LogProof read = LogProof.parse(proof.octets()).orElseThrow();

        assertThat(read.octets()).isEqualTo(proof.octets());
        assertThat(read.includes(leaf(2))).isTrue();
        assertThat(read.includes(leaf(1))).isFalse();
        assertThat(read.note().isSignedBy(log.verifierKey())).isTrue();
    }

    @Test
    void parse_whenAProofCarriesExtraData_skipsIt() {
        LogProof proof = LogProof.of(
                new InclusionProof(2, 3, List.of(twoLeaves())),
                SignedNote.sign(checkpoint(3).text(), log));
        String text = new String(proof.octets(), StandardCharsets.UTF_8).replace("index", "extra AAAA\nindex");

        assertThat(LogProof.parse(text.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow()
                        .includes(leaf(2)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@v1=@v2", "index 2=index 02", "index 2=index", "index 2=index -2", "\n\n=\n"})
    void parse_whenAProofIsNone_isEmpty(String change) {
        LogProof proof = LogProof.of(
                new InclusionProof(2, 3, List.of(twoLeaves())),
                SignedNote.sign(checkpoint(3).text(), log));
        String[] parts = change.split("=", 2);
        String text = new String(proof.octets(), StandardCharsets.UTF_8).replace(parts[0], parts[1]);

        assertThat(LogProof.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private static byte[] leaf(int number) {
        return TreeHash.leaf(new byte[] {(byte) number});
    }

    private static byte[] twoLeaves() {
        return TreeHash.node(leaf(0), leaf(1));
    }

    private static Checkpoint checkpoint(int size) {
        CompactRange range = CompactRange.empty();
        for (int i = 0; i < size; i++) {
            range.append(leaf(i));
        }
        return Checkpoint.of(ORIGIN, size, range.root());
    }
}
