package org.wasl.node.configuration;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.wasl.screens.frame.SignedIn;

/** An issuer that is asked for its addresses when the first person signs in, so that the node starts while it is away. */
final class LateRegistration implements ClientRegistrationRepository {

    private final Supplier<ClientRegistration> discovery;
    private @Nullable ClientRegistration found;

    LateRegistration(Supplier<ClientRegistration> discovery) {
        this.discovery = discovery;
    }

    @Override
    public synchronized @Nullable ClientRegistration findByRegistrationId(String id) {
        if (!SignedIn.REGISTRATION.equals(id)) {
            return null;
        }
        if (found == null) {
            found = discovery.get();
        }
        return found;
    }
}
