package org.wasl.bench.peer.message;

/**
 * Makes the JDK's own XML factories the ones that libraries find, and find without a search: the class path holds
 * others, which belong to Wasl and are slower at what peers do.
 */
public final class PlatformXml {

    private PlatformXml() {}

    /** For the whole JVM. */
    public static void prefer() {
        System.setProperty(
                "javax.xml.parsers.DocumentBuilderFactory",
                "com.sun.org.apache.xerces.internal.jaxp.DocumentBuilderFactoryImpl");
        System.setProperty(
                "javax.xml.parsers.SAXParserFactory", "com.sun.org.apache.xerces.internal.jaxp.SAXParserFactoryImpl");
        System.setProperty(
                "javax.xml.transform.TransformerFactory",
                "com.sun.org.apache.xalan.internal.xsltc.trax.TransformerFactoryImpl");
    }
}
