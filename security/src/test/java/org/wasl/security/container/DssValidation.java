package org.wasl.security.container;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Validates by EU DSS. DSS is compiled against another major version of Santuario than the product, so it lives in a
 * class loader of its own: its classes come from the test's class path, Santuario's from the jar that it was built with.
 */
public final class DssValidation {

    private static final ClassLoader LOADER = loader();

    private DssValidation() {}

    static String validate(byte[] container, byte[] authority, byte[] crl) throws ReflectiveOperationException {
        return call("validate", container, authority, crl);
    }

    /** DSS's indication for the first signature, {@code NONE} when it finds none or cannot read what it is given. */
    public static String indication(byte[] container, byte[] authority, byte[] crl)
            throws ReflectiveOperationException {
        return call("indication", container, authority, crl);
    }

    private static String call(String method, byte[] container, byte[] authority, byte[] crl)
            throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(LOADER);
        try {
            return (String) Class.forName(DssBridge.class.getName(), true, LOADER)
                    .getMethod(method, byte[].class, byte[].class, byte[].class)
                    .invoke(null, container, authority, crl);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static ClassLoader loader() {
        try {
            Path jar = Path.of("target", "dss", "xmlsec.jar").toAbsolutePath();
            return new ApartLoader(jar.toUri().toURL(), DssValidation.class.getClassLoader());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class ApartLoader extends URLClassLoader {

        private final ClassLoader classPath;

        ApartLoader(URL xmlsec, ClassLoader classPath) {
            super(new URL[] {xmlsec}, classPath);
            this.classPath = classPath;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean santuario = name.startsWith("org.apache.xml.security.");
            boolean dss = name.startsWith("eu.europa.esig.") || name.equals(DssBridge.class.getName());
            if (!santuario && !dss) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                return santuario ? findClass(name) : defineAgain(name);
            }
        }

        private Class<?> defineAgain(String name) throws ClassNotFoundException {
            try (InputStream octets = classPath.getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (octets == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = octets.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public URL getResource(String name) {
            URL own = name.startsWith("org/apache/xml/security/") ? findResource(name) : null;
            return own == null ? super.getResource(name) : own;
        }
    }
}
