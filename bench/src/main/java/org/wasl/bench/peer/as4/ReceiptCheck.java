package org.wasl.bench.peer.as4;

import com.helger.phase4.ebms3header.Ebms3SignalMessage;
import com.helger.phase4.incoming.IAS4IncomingMessageMetadata;
import com.helger.phase4.incoming.IAS4IncomingMessageState;
import com.helger.phase4.incoming.IAS4SignalMessageConsumer;
import com.helger.phase4.sender.IAS4SignalMessageValidationResultHandler;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.peer.message.WrongAnswerException;

/** One message's receipt: that it is one, that its signature was checked, and that its digests are those sent. */
final class ReceiptCheck implements IAS4SignalMessageConsumer, IAS4SignalMessageValidationResultHandler {

    private byte @Nullable [] octets;
    private boolean digestsAgree;
    private boolean signed;

    void arrived(byte[] receipt) {
        octets = receipt;
    }

    @Override
    public void handleSignalMessage(
            Ebms3SignalMessage message, IAS4IncomingMessageMetadata metadata, IAS4IncomingMessageState state) {
        signed = message.getReceipt() != null && state.isSoapSignatureChecked();
    }

    @Override
    public void onSuccess() {
        digestsAgree = true;
    }

    @Override
    public void onError(String message) {
        throw new WrongAnswerException(message);
    }

    @Override
    public void onNotApplicable() {
        throw new WrongAnswerException("the answer is no receipt of non-repudiation");
    }

    /**
     * The receipt's octets.
     *
     * @throws WrongAnswerException when it is none, or not of what was sent
     */
    byte[] receipt() {
        byte[] found = octets;
        if (found == null || !signed || !digestsAgree) {
            throw new WrongAnswerException("no signed receipt of what was sent");
        }
        return found;
    }
}
