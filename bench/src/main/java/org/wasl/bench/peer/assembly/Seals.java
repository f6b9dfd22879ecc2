package org.wasl.bench.peer.assembly;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.List;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import org.apache.camel.Message;
import org.apache.camel.component.xmlsecurity.api.KeyAccessor;
import org.apache.camel.component.xmlsecurity.api.XmlSignatureHelper;
import org.apache.camel.component.xmlsecurity.processor.XmlSignerConfiguration;
import org.apache.camel.component.xmlsecurity.processor.XmlVerifierConfiguration;
import org.w3c.dom.Node;
import org.wasl.bench.peer.message.Party;
import org.wasl.bench.peer.message.Payloads;
import org.wasl.bench.peer.message.Variant;

/** How both sides sign and verify: keys in memory, the partner's certificate known, no KeyInfo in the message. */
final class Seals {

    private static final String ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

    private final Variant variant;
    private final Party consumer;
    private final Party provider;

    Seals(Variant variant, Party consumer, Party provider) {
        this.variant = variant;
        this.consumer = consumer;
        this.provider = provider;
    }

    XmlSignerConfiguration requestSigner() {
        return signer(consumer, "query", Payloads.QUERY_NAMESPACE);
    }

    XmlSignerConfiguration replySigner() {
        return signer(provider, "fines", Payloads.RECORD_NAMESPACE);
    }

    XmlVerifierConfiguration requestVerifier() throws GeneralSecurityException {
        return verifier(consumer);
    }

    XmlVerifierConfiguration replyVerifier() throws GeneralSecurityException {
        return verifier(provider);
    }

    private static XmlSignerConfiguration signer(Party party, String parent, String namespace) {
        XmlSignerConfiguration signer = new XmlSignerConfiguration();
        signer.setKeyAccessor(new HeldKey(party.privateKey()));
        signer.setParentLocalName(parent);
        signer.setParentNamespace(namespace);
        signer.setSignatureAlgorithm(ECDSA_SHA256);
        signer.setDigestAlgorithm(DigestMethod.SHA256);
        signer.setCanonicalizationMethod(
                XmlSignatureHelper.getCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE));
        signer.setTransformMethods(List.of(
                XmlSignatureHelper.getEnvelopedTransform(),
                XmlSignatureHelper.getCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE)));
        signer.setAddKeyInfoReference(false);
        return signer;
    }

    private XmlVerifierConfiguration verifier(Party party) throws GeneralSecurityException {
        XmlVerifierConfiguration verifier = new XmlVerifierConfiguration();
        verifier.setKeySelector(KeySelector.singletonKeySelector(
                party.publicKey(variant.cryptography().provider())));
        verifier.setRemoveSignatureElements(true);
        if (variant == Variant.TUNED) {
            verifier.setXmlSignature2Message(new DocumentBody());
        }
        return verifier;
    }

    /** One key for all messages. */
    private record HeldKey(Key key) implements KeyAccessor {

        @Override
        public KeySelector getKeySelector(Message message) {
            return KeySelector.singletonKeySelector(key);
        }

        // Whoever verifies knows the certificate; camel-xmlsecurity itself answers null where there is none to send.
        @Override
        @SuppressWarnings("NullAway")
        public KeyInfo getKeyInfo(Message message, Node messageBody, KeyInfoFactory factory) {
            return null;
        }
    }
}
