package org.wasl.faults.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wasl.faults.check.Collection;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry;
import org.wasl.faults.ledger.LedgerEntry.Intended;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;
import org.wasl.faults.site.Launcher.Ended;
import org.wasl.faults.site.SingleSite;
import org.wasl.faults.site.SiteException;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.keys.Pkcs12File;
import org.wasl.security.keys.Pkcs12MemberKeys;

/** The traffic agency's signing certificate is revoked while its requests are under way. */
final class CertificateRevoked extends SingleFault {

    private static final MemberId MEMBER = MemberId.parse("JO/GOV/DVLD");
    private static final String AUTHORITY = "message-ca";
    private static final String REFUSED = "wasl.certificate.revoked";
    /** Beyond the declared delay: what a request takes on a busy machine, and the step from one look to the next. */
    private static final Duration ALLOWANCE = Duration.ofSeconds(10);

    private static final Duration REVOKED = Duration.ofSeconds(6);
    private static final int ASKED = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    private byte[] book = new byte[0];
    private long revoked;
    private long effective;
    private long restored;
    private String verdict = "";

    CertificateRevoked() {
        super(
                "certificate-revoked",
                "the traffic agency's signing certificate is revoked while its requests are under way; later the authority takes that back",
                Promise.P10,
                Promise.P5);
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        book = Files.readAllBytes(book(site));
        Instant since = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Ended ended = site.command(
                "pki",
                "revoke",
                "--authority",
                AUTHORITY,
                "--serial",
                serial(site),
                "--reason",
                "SUPERSEDED",
                "--date",
                since.toString());
        if (!ended.ok()) {
            throw new SiteException("the certificate cannot be revoked: " + ended.errors());
        }
        revoked = stage.mark("revoked", "the authority's book says so");
        await(stage, false);
        effective = stage.mark("effective", "the first request was refused");
        // However few others ask meanwhile, these do.
        for (int i = 0; i < ASKED; i++) {
            stage.load().askOnce(stage.load().questions().next(Flow.ALIVE));
        }
        stage.pause(REVOKED);
        restored = stage.mark("judged", "");
        verdict = judge(site, since);
        stage.mark("verified", verdict);
    }

    /**
     * What was signed before the revocation stands, with the evidence that was recorded then. What the certificate signed
     * between that instant and its taking effect the verifier has to name: empty when it names nothing else.
     */
    private static String judge(SingleSite site, Instant since) throws IOException, InterruptedException {
        JsonNode verified =
                JSON.readTree(site.command("log", "verify", "--json").output());
        if (verified.path("intact").asBoolean()) {
            return "";
        }
        for (JsonNode damage : verified.path("listed")) {
            if (!damage.path("detail").asText().startsWith(REFUSED)) {
                return damage.toString();
            }
        }
        long first = verified.path("firstBadIndex").asLong(-1);
        return Collection.leaves(site.logs().get(0)).stream()
                .filter(leaf -> leaf.index() == first)
                .filter(leaf ->
                        leaf.at() >= since.toEpochMilli() && leaf.sender().startsWith(MEMBER + "/"))
                .findFirst()
                .map(later -> "")
                .orElse("older evidence: " + verified.path("listed").path(0));
    }

    private static String serial(SingleSite site) throws IOException {
        TrustFiles files = new TrustFiles(site.directory().root());
        try {
            return Pkcs12File.readKey(
                            Pkcs12MemberKeys.file(files.keys(), MEMBER),
                            files.secrets().read(Pkcs12MemberKeys.secretName(MEMBER)))
                    .certificate()
                    .getSerialNumber()
                    .toString(16);
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("the signing certificate of " + MEMBER + " cannot be read", unreadable);
        }
    }

    private static Path book(SingleSite site) {
        return new TrustFiles(site.directory().root()).authority().resolve(AUTHORITY + ".book");
    }

    private static void await(Stage stage, boolean answered) throws InterruptedException, SiteException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            Optional<Told> told = stage.load().askOnce(stage.load().questions().next(Flow.ALIVE));
            if (told.filter(one -> answered ? one.answered() : REFUSED.equals(one.fault()))
                    .isPresent()) {
                return;
            }
            Thread.sleep(50);
        }
        throw new SiteException("the authority's word is not followed after " + PATIENCE);
    }

    @Override
    void heal(Stage stage, SingleSite site) throws IOException, InterruptedException {
        site.revive();
        if (book.length > 0) {
            Path next = book(site).resolveSibling(AUTHORITY + ".book.next");
            Files.write(next, book);
            Files.move(next, book(site), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Ended ended = site.command("pki", "crl", "--authority", AUTHORITY);
            if (!ended.ok()) {
                throw new SiteException("the revocation list cannot be written anew: " + ended.errors());
            }
            await(stage, true);
        }
    }

    @Override
    List<Observation> observe(Stage stage, SingleSite site) throws IOException {
        Set<String> keys = new HashSet<>();
        for (LedgerEntry entry : stage.since(effective)) {
            if (entry instanceof Intended intended
                    && intended.at() < restored
                    && Flow.ALIVE.label().equals(intended.flow())) {
                keys.add(intended.key());
            }
        }
        List<Told> told = stage.told(effective, restored).stream()
                .filter(one -> keys.contains(one.key()))
                .toList();
        long answered = told.stream().filter(Told::answered).count();
        long refused = told.stream().filter(one -> !one.fault().isEmpty()).count();
        long delay = effective - revoked;
        return List.of(
                new Observation(
                        Promise.P10,
                        delay <= SingleSite.REVOCATION_DELAY.plus(ALLOWANCE).toMillis(),
                        "refused " + delay + " ms after the revocation; declared are "
                                + SingleSite.REVOCATION_DELAY.toMillis()),
                new Observation(
                        Promise.P10,
                        answered == 0 && refused > 0,
                        "from then on " + refused + " of its requests were refused, " + answered + " answered"),
                new Observation(
                        Promise.P5,
                        verdict.isEmpty(),
                        "while the certificate is revoked the offline verifier finds nothing wrong with what was signed before: "
                                + (verdict.isEmpty() ? "yes" : verdict)));
    }
}
