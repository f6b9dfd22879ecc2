package org.wasl.node.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wasl.messagelog.checkpoint.LogProof;
import org.wasl.messagelog.note.VerifierKey;
import org.wasl.security.authority.Pem;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.registry.RegisteredWitness;

/** Lays out a bundle: which file holds what. */
final class BundleWriter {

    /** The statement for people. */
    static final String STATEMENT = "statement.pdf";

    static final String CHECKPOINT = "checkpoint/checkpoint";
    static final String BODY = "checkpoint/checkpoint.body";
    static final String STAMP = "checkpoint/time-stamp.tst";
    static final String LOG_KEY = "keys/log.vkey";
    static final String AUTHORITY = "registry/authority.pem";
    static final String LEAVES = "leaves/leaves.tsv";
    static final String CHECKER = "merkle.py";

    private final Evidence evidence;
    private final X509Certificate authority;
    private final BundleFiles files = new BundleFiles();

    BundleWriter(Evidence evidence, X509Certificate authority) {
        this.evidence = evidence;
        this.authority = authority;
    }

    static String leaf(long index) {
        return "leaves/" + index + ".leaf";
    }

    static String salt(long index) {
        return "leaves/" + index + ".salt";
    }

    static String proof(long index) {
        return "proofs/" + index + ".tlog-proof";
    }

    static String registry(long version) {
        return "registry/" + version + "/registry.xml";
    }

    static String evidence(RevocationEvidence piece) {
        return "evidence/" + piece.digest() + "." + piece.kind().name().toLowerCase(Locale.ROOT);
    }

    /** The files of the bundle. */
    BundleFiles write() throws IOException, GeneralSecurityException {
        CertificateFiles certificates = CertificateFiles.of(evidence);
        Statement statement = Statement.of(evidence);
        files.add("VERIFY.md", new VerifyGuide(evidence, certificates, authority).text());
        files.add("statement.html", new StatementHtml(statement).text());
        files.add(STATEMENT, new StatementPdf(statement).octets());
        files.add("statement.json", statement.json());
        for (CaseMessage message : evidence.distinct()) {
            if (message.file() != null && message.row().payload() != null) {
                files.add(message.file(), message.row().payload().container());
            }
        }
        leaves();
        checkpoint();
        certificates.write(files);
        for (RevocationEvidence piece : evidence.status().values()) {
            files.add(evidence(piece), piece.octets());
        }
        files.add(AUTHORITY, Pem.certificates(List.of(authority)));
        for (Map.Entry<Long, RegistryVersions.Version> version :
                evidence.versions().entrySet()) {
            files.add(registry(version.getKey()), version.getValue().signed().octets());
            files.add(
                    registry(version.getKey()) + ".p7s",
                    version.getValue().signed().signature());
        }
        files.add(CHECKER, Resources.octets("merkle.py"));
        files.add("SHA256SUMS", files.sums());
        return files;
    }

    private void leaves() throws IOException {
        StringBuilder table = new StringBuilder();
        for (CaseMessage message : evidence.messages()) {
            files.add(leaf(message.index()), message.row().leaf().encode(message.index()));
            if (message.row().payload() != null) {
                files.add(salt(message.index()), message.row().payload().salt());
            }
            table.append(message.index())
                    .append('\t')
                    .append(message.file() == null ? "-" : message.file())
                    .append('\n');
        }
        files.add(LEAVES, table.toString());
        for (Map.Entry<Long, LogProof> proof : evidence.proofs().entrySet()) {
            files.add(proof(proof.getKey()), proof.getValue().octets());
        }
    }

    private void checkpoint() throws IOException {
        if (evidence.checkpoint().isEmpty()) {
            return;
        }
        CoveringCheckpoint checkpoint = evidence.checkpoint().get();
        files.add(CHECKPOINT, checkpoint.recorded().note());
        files.add(BODY, checkpoint.note().text().getBytes(StandardCharsets.UTF_8));
        byte[] token = checkpoint.recorded().timeStamp();
        if (token != null) {
            files.add(STAMP, token);
        }
        VerifierKey log = checkpoint.log();
        if (log != null) {
            key("log", log, log.key());
        }
        int number = 0;
        for (RegisteredWitness witness : checkpoint.cosignatures().keySet()) {
            key("witness-" + ++number, NoteKeys.key(witness), witness.key());
        }
    }

    private void key(String name, VerifierKey verifier, PublicKey key) throws IOException {
        files.add("keys/" + name + ".vkey", verifier + "\n");
        files.add("keys/" + name + ".pem", Pem.publicKey(key));
    }

    /** A short name that no two certificates share in practice; were it so, the bundle would not be written. */
    static String mark(X509Certificate certificate) throws GeneralSecurityException {
        return CryptoProvider.chosen().sha256Hex(certificate.getEncoded()).substring(0, 16);
    }
}
