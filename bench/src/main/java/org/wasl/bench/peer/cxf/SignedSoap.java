package org.wasl.bench.peer.cxf;

import java.util.HashMap;
import java.util.Map;
import org.apache.cxf.ws.security.wss4j.WSS4JInInterceptor;
import org.apache.cxf.ws.security.wss4j.WSS4JOutInterceptor;
import org.apache.wss4j.common.ConfigurationConstants;
import org.apache.wss4j.common.crypto.Crypto;

/** WS-Security of one side: Timestamp and Body signed, the certificate in the message. */
final class SignedSoap {

    private static final String ACTIONS = ConfigurationConstants.TIMESTAMP + " " + ConfigurationConstants.SIGNATURE;
    private static final String PARTS = "{Element}{http://docs.oasis-open.org/wss/2004/01/"
            + "oasis-200401-wss-wssecurity-utility-1.0.xsd}Timestamp;"
            + "{Element}{http://schemas.xmlsoap.org/soap/envelope/}Body";
    private static final String CRYPTO = "peer.crypto";

    private SignedSoap() {}

    static WSS4JOutInterceptor signing(Crypto crypto, String alias) {
        Map<String, Object> settings = settings(crypto);
        settings.put(ConfigurationConstants.SIGNATURE_USER, alias);
        settings.put(ConfigurationConstants.USER, alias);
        settings.put(ConfigurationConstants.SIG_PROP_REF_ID, CRYPTO);
        settings.put(
                ConfigurationConstants.PW_CALLBACK_REF, (javax.security.auth.callback.CallbackHandler) callbacks -> {});
        settings.put(ConfigurationConstants.SIGNATURE_PARTS, PARTS);
        settings.put(ConfigurationConstants.SIG_KEY_ID, "DirectReference");
        settings.put(ConfigurationConstants.SIG_ALGO, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256");
        settings.put(ConfigurationConstants.SIG_DIGEST_ALGO, "http://www.w3.org/2001/04/xmlenc#sha256");
        return new WSS4JOutInterceptor(settings);
    }

    static WSS4JInInterceptor verifying(Crypto crypto) {
        Map<String, Object> settings = settings(crypto);
        settings.put(ConfigurationConstants.SIG_VER_PROP_REF_ID, CRYPTO);
        // The Basic Security Profile is older than elliptic curves.
        settings.put(ConfigurationConstants.IS_BSP_COMPLIANT, "false");
        return new WSS4JInInterceptor(settings);
    }

    private static Map<String, Object> settings(Crypto crypto) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConfigurationConstants.ACTION, ACTIONS);
        settings.put(CRYPTO, crypto);
        return settings;
    }
}
