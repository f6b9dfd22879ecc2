package org.wasl.messagelog.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {

    // The example in the documentation of golang.org/x/mod/sumdb/note, which signed-note was written down from.
    private static final String FOREIGN_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String FOREIGN_NOTE = "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n\n"
            + "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private final TestSigner signer = TestSigner.log("log.example/one");

    @Test
    void isSignedBy_whenAnotherProgramSigned_verifies() {
        SignedNote note = parsed(FOREIGN_NOTE);
        VerifierKey key = VerifierKey.parse(FOREIGN_KEY).orElseThrow();

        assertThat(note.isSignedBy(key)).isTrue();
        assertThat(key).hasToString(FOREIGN_KEY);
        assertThat(new String(note.octets(), StandardCharsets.UTF_8)).isEqualTo(FOREIGN_NOTE);
    }

    @Test
    void isSignedBy_whenTheTextIsAltered_doesNot() {
        VerifierKey key = VerifierKey.parse(FOREIGN_KEY).orElseThrow();

        assertThat(parsed(FOREIGN_NOTE.replace("answer", "Answer")).isSignedBy(key))
                .isFalse();
    }

    @Test
    void isSignedBy_whenOnlyAnotherKeyOfThatNameSigned_doesNot() {
        SignedNote note = SignedNote.sign("text\n", signer);

        assertThat(note.isSignedBy(signer.verifierKey())).isTrue();
        assertThat(note.isSignedBy(TestSigner.log("log.example/one").verifierKey()))
                .isFalse();
    }

    @Test
    void isSignedBy_whenOneOfItsSignaturesIsWrong_doesNot() {
        NoteSignature right = SignedNote.sign("text\n", signer).signatures().get(0);
        NoteSignature wrong = new NoteSignature(right.name(), right.keyId(), new byte[64]);

        assertThat(new SignedNote("text\n", List.of(right, wrong)).isSignedBy(signer.verifierKey()))
                .isFalse();
    }

    @Test
    void with_whenASignatureIsThereAlready_keepsOne() {
        SignedNote note = SignedNote.sign("text\n", signer);
        SignedNote other = SignedNote.sign("text\n", TestSigner.log("log.example/two"));

        assertThat(note.with(note.signatures()).with(other.signatures()).signatures())
                .hasSize(2);
    }

    @Test
    void parse_whenTheTextHoldsEmptyLines_theLastOneSeparates() {
        SignedNote note = SignedNote.sign("one\n\ntwo\n", signer);

        assertThat(SignedNote.parse(note.octets())).contains(note);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "text\n",
                "text\n\n",
                "text\n\n\u2014 name\n",
                "text\n\n\u2014 name AAAA\n",
                "text\n\n\u2014 name AAAAAA==",
                "text\n\n- name AAAAAAA=\n",
                "text\n\n\u2014 na+me AAAAAAA=\n",
                "text\n\n\u2014 na\u00a0me AAAAAAA=\n",
                "te\txt\n\n\u2014 name AAAAAAA=\n",
                "te\rxt\n\n\u2014 name AAAAAAA=\n",
                "text\n\n\u2014 name AAAAAAB=\n",
                "text\n\n\u2014 name AAAAAAA=\n\n",
            })
    void parse_whenItIsNoNote_isEmpty(String octets) {
        assertThat(SignedNote.parse(octets.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void parse_whenItIsNoUtf8OrTooLarge_isEmpty() {
        byte[] broken = SignedNote.sign("text\n", signer).octets();
        broken[0] = (byte) 0xC0;

        assertThat(SignedNote.parse(broken)).isEmpty();
        assertThat(SignedNote.parse(new byte[SignedNote.MAX_OCTETS + 1])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PeterNeumann",
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10",
            })
    void parse_whenTheKeyIsNone_isEmpty(String text) {
        assertThat(VerifierKey.parse(text)).isEmpty();
    }

    @Test
    void sign_whenTheTextHasNoEnd_isACallersError() {
        assertThatThrownBy(() -> SignedNote.sign("text", signer)).isInstanceOf(IllegalArgumentException.class);
    }

    private static SignedNote parsed(String note) {
        return SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
