package org.wasl.routes.broker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a broker listens.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param port the port
 */
public record BrokerAddress(String host, int port) {

    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})\\]|([A-Za-z0-9._-]{1,253})):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    public BrokerAddress {
        if (host.isEmpty() || port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("an address has a host and a port from 1 to 65535");
        }
    }

    /**
     * Reads {@code host:port}; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static BrokerAddress parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not an address of the form host:port: " + text);
        }
        String host = form.group(1) == null ? form.group(2) : form.group(1);
        return new BrokerAddress(host, Integer.parseInt(form.group(3)));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
