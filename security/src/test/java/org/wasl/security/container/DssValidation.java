package org.wasl.security.container;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Validates by EU DSS. DSS is compiled against another major version of Santuario than the product, so it lives in a
 * class loader of its own: the test's whole class path once more, behind the Santuario that it was built with. Nothing
 * is shared but the JDK: with half of it shared, JAXB lost the levels of DSS's policy, and altered containers passed.
 */
public final class DssValidation {

    private static final ClassLoader LOADER = loader();

    private DssValidation() {}

    static String validate(byte[] container, byte[] authority, byte[] crl) throws ReflectiveOperationException {
        return call("validate", container, authority, crl);
    }

    /** The same, with an issuing certificate that is in no container. */
    public static String validateOver(byte[] container, byte[] authority, byte[] crl, byte[] issuer)
            throws ReflectiveOperationException {
        return call("validateOver", container, authority, crl, issuer);
    }

    /** DSS's indication for the first signature, {@code NONE} when it finds none or cannot read what it is given. */
    public static String indication(byte[] container, byte[] authority, byte[] crl)
            throws ReflectiveOperationException {
        return call("indication", container, authority, crl);
    }

    private static String call(String method, byte[]... given) throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(LOADER);
        try {
            return (String) Class.forName(DssBridge.class.getName(), true, LOADER)
                    .getMethod(
                            method,
                            Collections.nCopies(given.length, byte[].class).toArray(Class[]::new))
                    .invoke(null, (Object[]) given);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static ClassLoader loader() {
        List<URL> path = new ArrayList<>();
        path.add(url(Path.of("target", "dss", "xmlsec.jar")));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            path.add(url(Path.of(entry)));
        }
        return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path path) {
        try {
            return path.toAbsolutePath().toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
