package org.wasl.agencies;

import java.net.URI;

/**
 * Where the four back-ends listen, once started. With {@link AgencyCredentials}, all that a connector needs.
 *
 * @param cspdJdbcUrl for {@code CspdServer.READER} and {@code CspdServer.REGISTRAR}
 * @param dvldBase without a slash at its end
 * @param ptaxEndpoint {@code ?wsdl} behind it gives the contract
 * @param mojHost host of the SFTP server
 * @param mojPort its port
 * @param mojHostKey its public host key, {@code ecdsa-sha2-nistp256 AAAA…}, to pin
 */
public record AgencyEndpoints(
        String cspdJdbcUrl, URI dvldBase, URI ptaxEndpoint, String mojHost, int mojPort, String mojHostKey) {}
