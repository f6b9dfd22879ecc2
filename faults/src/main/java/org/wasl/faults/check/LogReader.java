package org.wasl.faults.check;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.wasl.faults.site.SiteLog;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.PostgresLogStore;
import org.wasl.messagelog.store.PostgresSettings;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.verify.LogVerdict;
import org.wasl.messagelog.verify.LogVerifier;
import org.wasl.messagelog.verify.SignatureCheck;
import org.wasl.messagelog.verify.VerificationPlan;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.certificate.RevocationFiles;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistrySignature;
import org.wasl.security.registry.RegistrySource;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.SignedRegistry;

/** Opens a site's logs read-only, and verifies those in a database as {@code wasl log verify} does those in a file. */
final class LogReader {

    private LogReader() {}

    static LogSource open(SiteLog log) throws IOException {
        try {
            if (log.url().isEmpty()) {
                return SqliteLogStore.openReadOnly(new DataDirectory(log.data()).logDatabase());
            }
            String password = new TrustFiles(log.data()).secrets().read(SiteLog.SECRET);
            return PostgresLogStore.openReadOnly(PostgresSettings.of(log.url(), log.user(), password));
        } catch (LogStoreException unreadable) {
            throw new IOException("the log of " + log.name() + " cannot be opened", unreadable);
        }
    }

    /** {@link Evidence#INTACT}, or what is wrong. */
    static String verdict(SiteLog log) throws IOException {
        TrustFiles files = new TrustFiles(log.data());
        SchemaCatalogue schemas = SchemaCatalogue.load();
        Registry registry = registry(files, schemas);
        RevocationFiles lists = new RevocationFiles(files.registry().resolve(RegistrySource.REVOCATION_LISTS));
        lists.reload();
        SignatureCheck check =
                new SignatureCheck(new AsicContainerVerifier(schemas, new CertificatePath(lists)), registry);
        try (LogSource source = open(log)) {
            LogVerdict verdict = new LogVerifier(VerificationPlan.of(check)).verify(source);
            return verdict instanceof LogVerdict.Damaged damaged
                    ? "first bad index " + damaged.first().index() + ": " + damaged.first()
                    : Evidence.INTACT;
        }
    }

    private static Registry registry(TrustFiles files, SchemaCatalogue schemas) throws IOException {
        try (InputStream in = new FileInputStream(files.authorityCertificate().toFile())) {
            X509Certificate authority =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            SignedRegistry signed = SignedRegistry.read(files.registry());
            if (new RegistryXml(schemas).read(signed.octets()) instanceof RegistryReading.Readable readable
                    && RegistrySignature.refusal(
                                    signed.octets(),
                                    signed.signature(),
                                    authority,
                                    readable.registry().issued())
                            .isEmpty()) {
                return readable.registry();
            }
            throw new IOException("the registry in " + files.registry() + " is not the authority's");
        } catch (CertificateException unreadable) {
            throw new IOException("the authority's certificate cannot be read", unreadable);
        }
    }
}
