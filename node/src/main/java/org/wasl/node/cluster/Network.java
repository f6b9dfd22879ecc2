package org.wasl.node.cluster;

/**
 * A network of the topology; networks do not reach each other.
 *
 * @param name what it is called: {@code bus}, {@code data}, or {@code site-} and an agency
 * @param prefix the first three numbers of its addresses, {@code 10.77.0}
 */
public record Network(String name, String prefix) {

    /** Between nodes, brokers and witnesses: no agency's database or back-end is on it. */
    public static final String BUS = "bus";

    /** Between nodes and databases. */
    public static final String DATA = "data";

    /** What the network of one agency's own systems begins with. */
    public static final String SITE = "site-";

    static final int PREFIX_LENGTH = 24;

    /** The address of a host here. */
    String address(int host) {
        return prefix + "." + host;
    }
}
