package org.wasl.messagelog.note;

import java.util.Optional;

/** What a note's signature is made over, by the identifier octets of C2SP {@code signed-note}. */
public enum SignatureType {
    /** Ed25519 over the note's text. */
    ED25519(0x01),
    /** Ed25519 over a time and the text of a checkpoint: a witness' word, C2SP {@code tlog-cosignature}. */
    COSIGNATURE_V1(0x04);

    private final byte identifier;

    SignatureType(int identifier) {
        this.identifier = (byte) identifier;
    }

    byte identifier() {
        return identifier;
    }

    static Optional<SignatureType> of(byte identifier) {
        for (SignatureType type : values()) {
            if (type.identifier == identifier) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
