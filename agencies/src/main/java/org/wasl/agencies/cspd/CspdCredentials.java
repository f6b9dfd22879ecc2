package org.wasl.agencies.cspd;

/**
 * Passwords of the civil status database's three users.
 *
 * @param owner of {@code OWNER}, who may do anything; never leaves the agency
 * @param reader of {@link CspdServer#READER}, who may query the two views
 * @param registrar of {@link CspdServer#REGISTRAR}, who may write {@code BRP_PERSON}
 */
public record CspdCredentials(String owner, String reader, String registrar) {

    @Override
    public String toString() {
        return "CspdCredentials[hidden]";
    }
}
