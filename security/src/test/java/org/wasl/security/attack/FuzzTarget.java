package org.wasl.security.attack;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.assertion.AssertedRequest;
import org.wasl.security.assertion.AssertionVerdict;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.authority.SigningRequest;
import org.wasl.security.certificate.OcspAnswer;
import org.wasl.security.certificate.RecordedRevocation;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.TestWorld;
import org.wasl.security.encryption.Decryption;
import org.wasl.security.encryption.EncryptionWorld;
import org.wasl.security.registry.IdentityIssuer;
import org.wasl.security.registry.RegistrySignature;
import org.wasl.security.registry.RegistryXml;

/** One parser of what strangers send. A run fails when it throws, or takes for genuine what is not. */
enum FuzzTarget {
    ZIP {
        @Override
        void run(byte[] octets) {
            refuses(octets);
        }

        @Override
        Stream<byte[]> seeds() {
            return Stream.concat(
                    Stream.of(FROZEN.genuine()),
                    attacks().map(a -> a.make().apply(GROUND).octets()));
        }
    },
    HEADER {
        @Override
        void run(byte[] octets) {
            refusesEntry(Terms.HEADER, octets);
        }

        @Override
        Stream<byte[]> seeds() {
            return entries(Terms.HEADER);
        }
    },
    SIGNATURES {
        @Override
        void run(byte[] octets) {
            refusesEntry(Terms.SIGNATURES, octets);
        }

        @Override
        Stream<byte[]> seeds() {
            return entries(Terms.SIGNATURES);
        }
    },
    PAYLOAD {
        @Override
        void run(byte[] octets) {
            PAYLOADS.read(octets, "JO/GOV/PORTAL");
        }

        @Override
        Stream<byte[]> seeds() {
            return entries(Terms.PAYLOAD);
        }
    },
    REGISTRY {
        @Override
        void run(byte[] octets) {
            REGISTRIES.read(octets);
            REGISTRIES.readDraft(octets);
        }

        @Override
        Stream<byte[]> seeds() {
            return Stream.of(registry());
        }
    },
    REGISTRY_SIGNATURE {
        @Override
        void run(byte[] octets) {
            boolean genuine = Arrays.equals(octets, SIGNED.signature());
            boolean refused = RegistrySignature.refusal(
                            SIGNED.octets(), octets, SIGNED.certificate(), GROUND.world().now)
                    .isPresent();
            if (genuine && refused) {
                throw new AssertionError("the genuine signature is refused");
            }
        }

        @Override
        Stream<byte[]> seeds() {
            return Stream.of(SIGNED.signature());
        }
    },
    ASSERTION {
        @Override
        void run(byte[] octets) {
            AssertionVerdict verdict = new AssertionVerifier(ClaimNames.DEFAULT)
                    .verify(new String(octets, StandardCharsets.UTF_8), ISSUERS, REQUEST, GROUND.world().now);
            if (verdict instanceof AssertionVerdict.Verified) {
                throw new AssertionError("an assertion is believed that nobody signed");
            }
        }

        @Override
        Stream<byte[]> seeds() {
            return Stream.of(
                            "{\"alg\":\"ES256\",\"kid\":\"k\",\"typ\":\"" + AssertionVerifier.TYPE + "\"}",
                            "{\"alg\":\"none\"}")
                    .map(header -> Forger.utf8(part(header) + "."
                            + part(
                                    "{\"iss\":\"https://id.example/\",\"aud\":[\"JO/GOV/CSPD\"],"
                                            + "\"txn\":\"txn-1\",\"exp\":1,\"iat\":0,\"acr\":\"HIGH\",\"national_number\":\"1\"}")
                            + "." + part("x".repeat(64))));
        }
    },
    ENCRYPTED_PAYLOAD {
        @Override
        void run(byte[] octets) {
            if (ENCRYPTED.received(octets) instanceof Decryption.Plain decrypted
                    && !EncryptionWorld.isPlain(decrypted.octets())) {
                throw new AssertionError("a payload is read that nobody encrypted");
            }
        }

        @Override
        Stream<byte[]> seeds() {
            return Stream.of(Forger.utf8(ENCRYPTED.encrypted()));
        }
    },
    STATUS {
        @Override
        void run(byte[] octets) {
            RecordedRevocation recorded = new RecordedRevocation(List.of(
                    RevocationEvidence.of(RevocationEvidence.Kind.OCSP, octets),
                    RevocationEvidence.of(RevocationEvidence.Kind.CRL, octets)));
            OcspAnswer answer = recorded.ask(
                            GROUND.portalKey().certificate(),
                            issuer(),
                            URI.create("http://status.example/"),
                            GROUND.world().now)
                    .orElse(null);
            if (answer instanceof OcspAnswer.Stated) {
                throw new AssertionError("a status is believed that no responder signed");
            }
        }

        @Override
        Stream<byte[]> seeds() {
            try {
                return Stream.of(
                        strangersResponse(),
                        issuer().getEncoded(),
                        HexFormat.of().parseHex("30030a0106"));
            } catch (GeneralSecurityException | IOException | OCSPException | OperatorCreationException e) {
                throw new AssertionError(e);
            }
        }
    },
    CERTIFICATION_REQUEST {
        @Override
        void run(byte[] octets) {
            SigningRequest.provenKey(octets);
        }

        @Override
        Stream<byte[]> seeds() {
            try {
                return Stream.of(SigningRequest.write(GROUND.portal(), "CN=PORTAL"));
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    };

    private static final int LARGEST_SEED = 20_000;
    private static final Ground GROUND = Ground.shared();
    private static final Frozen FROZEN = new Frozen();
    private static final Probe PROBE = new Probe();
    private static final PayloadXml PAYLOADS = new PayloadXml(TestWorld.SCHEMAS);
    private static final RegistryXml REGISTRIES = new RegistryXml(TestWorld.SCHEMAS);
    private static final Signed SIGNED = signed();
    private static final EncryptionWorld ENCRYPTED = encrypted();
    private static final List<IdentityIssuer> ISSUERS = List.of(new IdentityIssuer(
            URI.create("https://id.example/"),
            List.of(new IdentityIssuer.Key(
                    "k",
                    GROUND.portal().getPublic(),
                    GROUND.world().now.minusSeconds(60),
                    GROUND.world().now.plusSeconds(60)))));
    private static final AssertedRequest REQUEST = new AssertedRequest(
            "txn-1",
            TestWorld.PERSON,
            "GENERAL_CLEARANCE",
            new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "person-1", "ab".repeat(32)),
            null,
            Map.of("nationalNumber", "1"));

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Signed(byte[] octets, byte[] signature, X509Certificate certificate) {}

    /** Parses these octets. */
    abstract void run(byte[] octets);

    /** What to begin from: genuine things, and every attack of the corpus on them. */
    abstract Stream<byte[]> seeds();

    private static Stream<Attack> attacks() {
        return AttackCorpus.all().stream()
                .filter(attack -> !attack.name().matches(".*(million|mebibytes|record|thousand|too large|bomb).*"));
    }

    /** The entry as it stands in every attack that has one. */
    private static Stream<byte[]> entries(String name) {
        Stream<byte[]> attacked = attacks()
                .filter(attack -> attack.category() != Category.ZIP_FIELDS
                        && attack.category() != Category.ZIP_ENTRIES
                        && attack.category() != Category.ZIP_NAMES)
                .map(attack -> RawZip.of(attack.make().apply(GROUND).octets()))
                .flatMap(zip -> zip.entries.stream())
                .filter(entry -> Arrays.equals(entry.centralName, Forger.utf8(name)))
                .map(entry -> entry.octets)
                .filter(octets -> octets.length < LARGEST_SEED);
        return Stream.concat(Stream.of(RawZip.of(FROZEN.genuine()).entry(name).octets), attacked);
    }

    private static void refusesEntry(String name, byte[] octets) {
        RawZip zip = RawZip.of(FROZEN.genuine());
        zip.entry(name).octets = octets;
        refuses(zip.write());
    }

    private static void refuses(byte[] container) {
        boolean reached = PROBE.send(FROZEN.attempt(container)) instanceof Probe.Outcome.Reached;
        if (reached && !Arrays.equals(container, FROZEN.genuine())) {
            throw new AssertionError("a container is taken for genuine that is not");
        }
    }

    private static byte[] registry() {
        try {
            return RegistryXml.write(GROUND.world().registry);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Signed signed() {
        try {
            KeyPair key = GROUND.portal();
            X509Certificate certificate = GROUND.portalKey().certificate();
            byte[] octets = registry();
            return new Signed(octets, RegistrySignature.sign(octets, key.getPrivate(), certificate), certificate);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate issuer() {
        return GROUND.world().registry.anchors().get(0).certificate();
    }

    /** Good, says a member of itself. */
    private static byte[] strangersResponse()
            throws GeneralSecurityException, IOException, OCSPException, OperatorCreationException {
        DigestCalculator sha1 = new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
        BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(new X500Name("CN=nobody")));
        CertificateID about = new CertificateID(
                sha1,
                new JcaX509CertificateHolder(issuer()),
                GROUND.portalKey().certificate().getSerialNumber());
        builder.addResponse(about, CertificateStatus.GOOD);
        BasicOCSPResp basic = builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(GROUND.portal().getPrivate()),
                new X509CertificateHolder[0],
                Date.from(GROUND.world().now));
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, basic).getEncoded();
    }

    private static EncryptionWorld encrypted() {
        try {
            return new EncryptionWorld();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Forger.utf8(text));
    }
}
