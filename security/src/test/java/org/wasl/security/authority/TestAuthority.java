package org.wasl.security.authority;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.keys.KeyEntry;

/** An authority for tests, at a fixed instant. */
public final class TestAuthority {

    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final MemberId CSPD = MemberId.parse("JO/GOV/CSPD");
    public static final MemberId DVLD = MemberId.parse("JO/GOV/DVLD");

    private final CertificateAuthority authority;

    public TestAuthority(String name) throws GeneralSecurityException {
        authority = new CertificateAuthority(
                CertificateAuthority.createRoot("JO", name, CLOCK),
                URI.create("http://pki.wasl.example/" + name),
                CLOCK);
    }

    public X509Certificate certificate() {
        return authority.certificate();
    }

    public KeyEntry issue(CertificateProfile profile, MemberId member, Duration validity, String... hosts)
            throws GeneralSecurityException {
        KeyPair pair = newKey();
        X509Certificate certificate = authority.issue(new CertificateOrder(
                profile, member.toString(), "test", pair.getPublic(), Arrays.asList(hosts), validity));
        return new KeyEntry(pair.getPrivate(), List.of(certificate, authority.certificate()));
    }

    public X509Certificate message(MemberId member) throws GeneralSecurityException {
        return issue(CertificateProfile.MESSAGE, member, Duration.ofDays(30)).certificate();
    }

    public X509CRL list(Duration validity, X509Certificate... revoked) throws GeneralSecurityException {
        return authority.revoke(
                Optional.empty(),
                Arrays.stream(revoked).map(X509Certificate::getSerialNumber).toList(),
                validity);
    }

    public CertificateAuthority authority() {
        return authority;
    }

    public static KeyPair newKey() throws GeneralSecurityException {
        return EcKeys.generate();
    }

    public static KeyEntry signer(String name) throws GeneralSecurityException {
        return CertificateAuthority.createSigner("JO", name, CLOCK);
    }
}
