package org.wasl.node.identity;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.wasl.schemas.identifier.MemberId;

/** A member's system, authenticated by its registered TLS certificate. */
public final class MemberAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient MemberId member;

    public MemberAuthentication(MemberId member) {
        super(List.of());
        this.member = member;
        setAuthenticated(true);
    }

    @Override
    public MemberId getPrincipal() {
        return member;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
