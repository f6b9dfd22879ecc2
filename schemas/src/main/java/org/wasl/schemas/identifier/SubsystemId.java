package org.wasl.schemas.identifier;

/**
 * A subsystem: one information system of a member, for example {@code JO/GOV/CSPD/registry}.
 *
 * @param member the member it belongs to
 * @param code the subsystem's code, for example {@code registry}
 */
public record SubsystemId(MemberId member, String code) implements Comparable<SubsystemId> {

    public SubsystemId {
        IdentifierPart.check(code, "subsystem");
    }

    /**
     * Reads {@code instance/class/member/subsystem}.
     *
     * @throws IllegalArgumentException when the text is not of that form
     */
    public static SubsystemId parse(String text) {
        String[] parts = IdentifierPart.split(text, 4, "a subsystem's identifier");
        return new SubsystemId(new MemberId(parts[0], parts[1], parts[2]), parts[3]);
    }

    /** The same name with dots instead of slashes, for queue and file names. */
    public String dotted() {
        return member.dotted() + "." + code;
    }

    public ServiceId service(String service, int version) {
        return new ServiceId(this, service, version);
    }

    @Override
    public int compareTo(SubsystemId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return member + "/" + code;
    }
}
