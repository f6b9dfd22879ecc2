package org.wasl.messagelog.publication;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.note.NoteSignature;
import org.wasl.messagelog.note.SignedNote;

/** One checkpoint and who cosigned it so far. Used by the publisher's thread alone. */
final class PublishedCheckpoint {

    private final Checkpoint checkpoint;
    private final SignedNote signed;
    private final Set<String> parties = new LinkedHashSet<>();
    private final Set<String> cosigners = new LinkedHashSet<>();
    private SignedNote note;
    private boolean kept;
    private boolean written;

    PublishedCheckpoint(Checkpoint checkpoint, SignedNote signed) {
        this.checkpoint = checkpoint;
        this.signed = signed;
        this.note = signed;
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    long size() {
        return checkpoint.size();
    }

    /** With the log's own signature alone: what witnesses are shown. */
    SignedNote signed() {
        return signed;
    }

    /** With all that came. */
    SignedNote note() {
        return note;
    }

    void add(String party, NoteSignature line) {
        if (note.signatures().size() < SignedNote.MAX_SIGNATURES && cosigners.add(line.name())) {
            note = note.with(List.of(line));
            parties.add(party);
            kept = false;
            written = false;
        }
    }

    boolean cosignedBy(String keyName) {
        return cosigners.contains(keyName);
    }

    Set<String> parties() {
        return parties;
    }

    /** Whether it stands in the store with all that came. */
    boolean kept() {
        return kept;
    }

    void nowKept() {
        kept = true;
    }

    /** Whether it stands among the public files with all that came. */
    boolean written() {
        return written;
    }

    void nowWritten() {
        written = true;
    }
}
