package org.wasl.security.attack;

/** The format's words, written down a second time: an attacker does not use the product's constants. */
final class Terms {

    static final String MIMETYPE = "mimetype";
    static final String MANIFEST = "META-INF/manifest.xml";
    static final String HEADER = "header.xml";
    static final String PAYLOAD = "payload.xml";
    static final String SIGNATURES = "META-INF/signatures.xml";

    static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    static final String DS_MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    static final String ECDSA_SHA256 = DS_MORE + "ecdsa-sha256";
    static final String RSA_SHA256 = DS_MORE + "rsa-sha256";
    static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    static final String EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";

    private Terms() {}
}
