package org.wasl.connectors.backend;

import java.time.Clock;
import org.apache.camel.component.cxf.jaxws.CxfConfigurer;
import org.apache.cxf.configuration.security.AuthorizationPolicy;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.frontend.AbstractWSDLBasedEndpointFactory;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.wasl.connectors.declaration.BackEndDeclaration.Soap;
import org.wasl.connectors.declaration.ConnectorDeclaration.Limits;

/** Sets the bounds of a SOAP client: times, size, no redirects; and its credentials. */
final class SoapBounds implements CxfConfigurer {

    private static final long CONNECT_MILLIS = 2000;

    private final Limits limits;
    private final Soap soap;
    private final Secrets secrets;
    private final Clock clock;

    SoapBounds(Limits limits, Soap soap, Secrets secrets, Clock clock) {
        this.limits = limits;
        this.soap = soap;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public void configure(AbstractWSDLBasedEndpointFactory factory) {
        // Everything is set on the client.
    }

    @Override
    public void configureClient(Client client) {
        HTTPConduit conduit = (HTTPConduit) client.getConduit();
        HTTPClientPolicy policy = new HTTPClientPolicy();
        long timeout = limits.timeout().toMillis();
        policy.setConnectionTimeout(Math.min(timeout, CONNECT_MILLIS));
        policy.setConnectionRequestTimeout(timeout);
        policy.setReceiveTimeout(timeout);
        policy.setAutoRedirect(false);
        policy.setAllowChunking(false);
        conduit.setClient(policy);
        if (!soap.user().isEmpty()) {
            AuthorizationPolicy authorization = new AuthorizationPolicy();
            authorization.setAuthorizationType("Basic");
            authorization.setUserName(soap.user());
            authorization.setPassword(secrets.secret(soap.secret()).orElse(""));
            conduit.setAuthorization(authorization);
        }
        client.getInInterceptors().add(new BoundedReply(limits, clock));
    }

    @Override
    public void configureServer(Server server) {
        // There is none.
    }
}
