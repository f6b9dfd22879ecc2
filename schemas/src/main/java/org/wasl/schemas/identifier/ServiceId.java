package org.wasl.schemas.identifier;

import java.util.regex.Pattern;

/**
 * A service of a subsystem, for example {@code JO/GOV/CSPD/registry/person-record/v1}.
 *
 * @param subsystem the subsystem that offers it
 * @param code the service's code, for example {@code person-record}
 * @param version its major version, from 1 to 999
 */
public record ServiceId(SubsystemId subsystem, String code, int version) implements Comparable<ServiceId> {

    private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]{0,2}");

    public ServiceId {
        IdentifierPart.check(code, "service");
        if (version < 1 || version > 999) {
            throw new IllegalArgumentException("a service's version must be from 1 to 999");
        }
    }

    /**
     * Reads {@code instance/class/member/subsystem/service/vN}.
     *
     * @throws IllegalArgumentException when the text is not of that form
     */
    public static ServiceId parse(String text) {
        String[] parts = IdentifierPart.split(text, 6, "a service's identifier");
        if (!VERSION.matcher(parts[5]).matches()) {
            throw new IllegalArgumentException("a service's version must be v1 to v999");
        }
        SubsystemId subsystem = new SubsystemId(new MemberId(parts[0], parts[1], parts[2]), parts[3]);
        return new ServiceId(subsystem, parts[4], Integer.parseInt(parts[5].substring(1)));
    }

    public MemberId member() {
        return subsystem.member();
    }

    @Override
    public int compareTo(ServiceId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return subsystem + "/" + code + "/v" + version;
    }
}
