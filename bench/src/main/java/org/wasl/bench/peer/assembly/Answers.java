package org.wasl.bench.peer.assembly;

import org.w3c.dom.Document;
import org.wasl.bench.peer.message.Payloads;
import org.wasl.bench.peer.message.WrongAnswerException;

/** Looks at what the consumer's route ended with. */
final class Answers {

    private Answers() {}

    /**
     * Compares it with the record.
     *
     * @throws WrongAnswerException when it is anything else
     */
    static void requireRecord(Object answer) {
        if (answer instanceof Document document) {
            Payloads.requireRecord(document.getDocumentElement());
        } else if (answer instanceof byte[] octets) {
            Payloads.requireRecord(Payloads.parse(octets));
        } else {
            throw new WrongAnswerException("no answer");
        }
    }
}
