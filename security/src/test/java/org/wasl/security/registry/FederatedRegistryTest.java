package org.wasl.security.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.security.authority.TestAuthority.NOW;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.TestAuthority;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.keys.KeyEntry;

class FederatedRegistryTest {

    private static final RegistryXml XML = new RegistryXml(SchemaCatalogue.load());
    private static final MemberId CSPD = MemberId.parse("QA/GOV/CSPD");
    private static final MemberId NOBODY = MemberId.parse("QA/GOV/NOBODY");

    @TempDir
    private static Path data;

    private static KeyEntry signer;
    private static Registry second;

    /** The samples, as another country's: instance QA, with real certificates. */
    @BeforeAll
    static void publish() throws Exception {
        signer = TestAuthority.signer("second authority");
        byte[] draft = new String(DemoRegistry.draft(), StandardCharsets.UTF_8)
                .replace("instance=\"JO\"", "instance=\"QA\"")
                .replace("\"JO/GOV/", "\"QA/GOV/")
                .getBytes(StandardCharsets.UTF_8);
        second = new DemoAuthority(
                        new TrustFiles(data), XML, DemoAuthority.EXAMPLE_PUBLICATION, Clock.fixed(NOW, ZoneOffset.UTC))
                .establish(draft);
    }

    @Test
    void read_whenTheNamedAuthoritySigned_believesItAboutTheNamedMembersOnly() throws Exception {
        FederatedRegistry read = read(signed(second, signer), federation(CSPD, NOBODY));

        assertThat(read).isInstanceOf(FederatedRegistry.Believed.class);
        FederatedRegistry.Believed believed = (FederatedRegistry.Believed) read;
        assertThat(second.members()).hasSizeGreaterThan(1);
        assertThat(believed.registry().members()).extracting(Member::id).containsExactly(CSPD);
        assertThat(believed.missing()).containsExactly(NOBODY);
        assertThat(believed.registry().service(ServiceId.parse("QA/GOV/CSPD/registry/life-status/v1")))
                .isPresent();
        assertThat(believed.registry().service(ServiceId.parse("QA/GOV/DVLD/vehicles/vehicle-record/v1")))
                .isEmpty();
        assertThat(believed.registry().agreements()).isEmpty();
        assertThat(believed.registry().trusted().issuers()).isEmpty();
        assertThat(believed.registry().trusted().federations()).isEmpty();
        Member cspd = believed.registry().member(CSPD).orElseThrow();
        assertThat(believed.registry().owner(cspd.certificates().get(0).certificate()))
                .contains(CSPD);
    }

    @Test
    void read_whenAnotherSigned_believesNothing() throws Exception {
        assertRefused(
                read(signed(second, TestAuthority.signer("second authority")), federation(CSPD)),
                FaultCode.REGISTRY_INVALID);
    }

    @Test
    void read_whenItSpeaksOfAnotherInstance_believesNothing() throws Exception {
        Federation other = new Federation("SA", signer.certificate(), Set.of(MemberId.parse("SA/GOV/CSPD")));

        assertRefused(read(signed(second, signer), other), FaultCode.REGISTRY_INVALID);
    }

    @Test
    void read_whenOlderExpiredOrOfTheFuture_believesNothing() throws Exception {
        SignedRegistry signed = signed(second, signer);
        Registry newer =
                new Registry("QA", second.version() + 1, NOW, NOW.plusSeconds(60), List.of(), List.of(), List.of());

        assertRefused(
                FederatedRegistry.read(signed, federation(CSPD), Optional.of(newer), XML, NOW),
                FaultCode.REGISTRY_ROLLBACK);
        assertRefused(
                FederatedRegistry.read(signed, federation(CSPD), Optional.empty(), XML, second.expires()),
                FaultCode.REGISTRY_EXPIRED);
        assertRefused(
                FederatedRegistry.read(
                        signed, federation(CSPD), Optional.empty(), XML, NOW.minus(Duration.ofMinutes(2))),
                FaultCode.REGISTRY_NOT_YET_VALID);
    }

    @Test
    void rules_whenAFederationContradictsItself_refuseTheFirstRegistry() throws Exception {
        assertProblem(new Federation("JO", signer.certificate(), Set.of()), "is with this instance itself");
        assertProblem(
                new Federation("QA", signer.certificate(), Set.of(MemberId.parse("JO/GOV/CSPD"))),
                "names JO/GOV/CSPD, which is of another instance");
    }

    private static void assertProblem(Federation federation, String problem) throws Exception {
        Registry first = new Registry(
                "JO",
                1,
                NOW,
                NOW.plusSeconds(60),
                Duration.ZERO,
                new Trusted(List.of(), List.of(), List.of(), List.of(federation)),
                List.of(),
                List.of());

        assertThat(RegistryRules.problems(first))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    private static void assertRefused(FederatedRegistry read, FaultCode code) {
        assertThat(read).isInstanceOf(FederatedRegistry.Refused.class);
        assertThat(((FederatedRegistry.Refused) read).fault().code()).isEqualTo(code);
    }

    private static FederatedRegistry read(SignedRegistry signed, Federation federation) {
        return FederatedRegistry.read(signed, federation, Optional.empty(), XML, NOW);
    }

    private static Federation federation(MemberId... members) {
        return new Federation("QA", signer.certificate(), Set.of(members));
    }

    private static SignedRegistry signed(Registry registry, KeyEntry by) throws Exception {
        byte[] octets = RegistryXml.write(registry);
        return new SignedRegistry(octets, RegistrySignature.sign(octets, by.key(), by.certificate()));
    }
}
