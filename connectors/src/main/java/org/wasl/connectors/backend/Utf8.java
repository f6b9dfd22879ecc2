package org.wasl.connectors.backend;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.wasl.schemas.fault.FaultCode;

/** Decodes UTF-8 strictly: a replaced character would be a silent change of a record. */
final class Utf8 {

    private Utf8() {}

    static String decode(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BackEndFailure(FaultCode.BACKEND_MALFORMED, Step.FETCH, "the answer is not UTF-8", e);
        }
    }
}
