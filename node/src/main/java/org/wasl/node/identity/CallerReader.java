package org.wasl.node.identity;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.jwt.Jwt;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.assertion.Assurance;

/** Reads a verified token's claims. What a token does not claim, its bearer is not. */
public final class CallerReader {

    private final Pseudonyms pseudonyms;
    private final String rolesClaim;
    private final String nationalNumberClaim;

    /**
     * @param rolesClaim the claim that lists the person's roles
     * @param nationalNumberClaim the claim that holds a citizen's own national number
     */
    public CallerReader(Pseudonyms pseudonyms, String rolesClaim, String nationalNumberClaim) {
        this.pseudonyms = pseudonyms;
        this.rolesClaim = rolesClaim;
        this.nationalNumberClaim = nationalNumberClaim;
    }

    /** Who bears this token, which must have been verified. */
    public Caller read(Jwt token) {
        String issuer = token.getClaimAsString("iss");
        return new Caller(
                pseudonyms.pseudonym(issuer == null ? "" : issuer, token.getSubject()),
                roles(token),
                assurance(token),
                token.getClaimAsString(nationalNumberClaim),
                token.getTokenValue());
    }

    private Set<Role> roles(Jwt token) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        List<String> claimed = token.getClaimAsStringList(rolesClaim);
        if (claimed != null) {
            for (Role role : Role.values()) {
                if (claimed.stream().anyMatch(name -> role.name().equalsIgnoreCase(name))) {
                    roles.add(role);
                }
            }
        }
        return roles;
    }

    /** From the {@code acr} claim, in eIDAS' words; low when the issuer does not say. */
    private static AssuranceLevel assurance(Jwt token) {
        String acr = token.getClaimAsString("acr");
        return acr == null ? AssuranceLevel.LOW : Assurance.level(acr).orElse(AssuranceLevel.LOW);
    }
}
