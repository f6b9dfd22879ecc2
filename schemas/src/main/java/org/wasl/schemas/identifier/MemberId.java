package org.wasl.schemas.identifier;

/**
 * A member: an organisation with a signing key, for example {@code JO/GOV/CSPD}.
 *
 * @param instance the X-Road instance, for example {@code JO}
 * @param memberClass the member class, for example {@code GOV}
 * @param member the member code, for example {@code CSPD}
 */
public record MemberId(String instance, String memberClass, String member) implements Comparable<MemberId> {

    public MemberId {
        IdentifierPart.check(instance, "instance");
        IdentifierPart.check(memberClass, "member class");
        IdentifierPart.check(member, "member");
    }

    /**
     * Reads {@code instance/class/member}.
     *
     * @throws IllegalArgumentException when the text is not of that form
     */
    public static MemberId parse(String text) {
        String[] parts = IdentifierPart.split(text, 3, "a member's identifier");
        return new MemberId(parts[0], parts[1], parts[2]);
    }

    /** The same name with dots instead of slashes, for queue and file names. */
    public String dotted() {
        return instance + "." + memberClass + "." + member;
    }

    public SubsystemId subsystem(String code) {
        return new SubsystemId(this, code);
    }

    @Override
    public int compareTo(MemberId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return instance + "/" + memberClass + "/" + member;
    }
}
