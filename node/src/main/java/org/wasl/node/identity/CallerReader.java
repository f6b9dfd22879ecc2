package org.wasl.node.identity;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.wasl.node.edge.RequestHeaders;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.assertion.Assurance;
import org.wasl.security.assertion.Mandate;

/** Reads a verified token's claims. What a token does not claim, its bearer is not. */
public final class CallerReader {

    private static final int MAX_MANDATES = 32;

    private final Pseudonyms pseudonyms;
    private final String issuer;
    private final Claims claims;

    /**
     * Where a token says what.
     *
     * @param roles the claim that lists the person's roles
     * @param nationalNumber the claim that holds a person's own national number, in mandates that of the represented one
     * @param mandates the claim that lists whom the person may represent, each with {@code party}
     * @param actor the claim that holds the person's opaque identifier; null when it is made here
     */
    public record Claims(
            String roles,
            String nationalNumber,
            String mandates,
            @Nullable String actor) {}

    /** @param issuer the issuer's name, which does not change with its address */
    public CallerReader(Pseudonyms pseudonyms, String issuer, Claims claims) {
        this.pseudonyms = pseudonyms;
        this.issuer = issuer;
        this.claims = claims;
    }

    /** Who bears this token, which must have been verified. */
    public Caller read(Jwt token) {
        return new Caller(
                actorId(token),
                roles(token),
                assurance(token),
                token.getClaimAsString(claims.nationalNumber()),
                mandates(token),
                token.getTokenValue());
    }

    private String actorId(Jwt token) {
        String given = claims.actor() == null ? null : token.getClaimAsString(claims.actor());
        return given != null && RequestHeaders.TOKEN.matcher(given).matches()
                ? given
                : pseudonyms.pseudonym(issuer, token.getSubject());
    }

    private List<Mandate> mandates(Jwt token) {
        List<Mandate> mandates = new ArrayList<>();
        if (token.getClaims().get(claims.mandates()) instanceof List<?> listed) {
            for (Object each : listed) {
                if (mandates.size() < MAX_MANDATES
                        && each instanceof Map<?, ?> mandate
                        && mandate.get("party") instanceof String party
                        && mandate.get(claims.nationalNumber()) instanceof String number
                        && RequestHeaders.TOKEN.matcher(party).matches()) {
                    mandates.add(new Mandate(party, number));
                }
            }
        }
        return mandates;
    }

    private Set<Role> roles(Jwt token) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        List<String> claimed = token.getClaimAsStringList(claims.roles());
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
