package org.wasl.bench.peer.message;

import java.security.Provider;
import java.security.Security;
import org.wasl.security.crypto.CryptoProvider;

/** Whose code signs and verifies. */
public enum Cryptography {
    /** The JDK's own. */
    JDK {
        @Override
        public Provider provider() {
            return Security.getProvider("SunEC");
        }

        @Override
        public void prefer() {
            Security.removeProvider(CryptoProvider.chosen().provider().getName());
        }
    },
    /** The native one that Wasl uses; where it does not load, what Wasl falls back to. */
    NATIVE {
        @Override
        public Provider provider() {
            return CryptoProvider.chosen().provider();
        }

        @Override
        public void prefer() {
            Security.insertProviderAt(provider(), 1);
        }
    };

    /** The provider, for libraries that take one. */
    public abstract Provider provider();

    /** Makes it the first choice of the whole JVM, for libraries that take none. */
    public abstract void prefer();

    /** Its name and version, for a report. */
    public final String description() {
        Provider found = provider();
        return found.getName() + " " + found.getVersionStr();
    }
}
