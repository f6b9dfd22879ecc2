package org.wasl.security.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.TestWorld;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryXml;

/** What the verify page's modules say in a browser is what this program says, and what the vectors of others say. */
class BrowserVerdictTest {

    private static final Path CORPORA = Path.of(System.getProperty("wasl.root"), "..", "shared", "corpora");
    /** How much is handed to the browser at once: some attacks are large. */
    private static final int OCTETS_AT_ONCE = 4 * 1024 * 1024;

    private static BrowserModules modules;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(Files.isExecutable(BrowserModules.CHROMIUM), "skipped: there is no Chromium here");
        modules = new BrowserModules();
    }

    @AfterAll
    static void stop() {
        if (modules != null) {
            modules.close();
        }
    }

    private static Path corpus(String name) {
        Path corpus = CORPORA.resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(corpus), () -> "skipped: the corpus " + name + " is absent");
        return corpus;
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    @Test
    void isGenuine_ofEveryAttack_saysWhatTheProgramSays() throws Exception {
        Ground ground = Ground.shared();
        AsicContainerVerifier verifier = TestWorld.verifier();
        Map<String, Attempt> attempts = new LinkedHashMap<>();
        attempts.put("genuine", ground.attempt(ground.genuine()));
        attempts.put("genuine, another", ground.attempt(ground.another().octets()));
        AttackCorpus.all()
                .forEach(attack -> attempts.put(attack.toString(), attack.make().apply(ground)));

        Map<Registry, Integer> registries = new IdentityHashMap<>();
        List<Map<String, Object>> cases = new ArrayList<>();
        List<String> differ = new ArrayList<>();
        List<String> names = new ArrayList<>();
        long octets = 0;
        for (Map.Entry<String, Attempt> entry : attempts.entrySet()) {
            Attempt attempt = entry.getValue();
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("octets", base64(attempt.octets()));
            one.put("registry", known(registries, attempt.registry()));
            one.put("at", (double) attempt.at().toEpochMilli());
            boolean genuine = verifier.verify(attempt.octets(), attempt.registry(), attempt.at())
                    instanceof ContainerVerdict.Genuine;
            cases.add(one);
            names.add((genuine ? "genuine" : "refused") + " " + entry.getKey());
            octets += attempt.octets().length;
            if (octets > OCTETS_AT_ONCE) {
                compare(cases, names, differ);
                octets = 0;
            }
        }
        compare(cases, names, differ);
        assertThat(differ)
                .as("verdicts that differ: the program's, the case, the browser's")
                .isEmpty();
    }

    /** Hands the registry over once, and gives its number. */
    private static int known(Map<Registry, Integer> registries, Registry registry) throws CertificateEncodingException {
        Integer number = registries.get(registry);
        if (number == null) {
            number = registries.size();
            registries.put(registry, number);
            modules.call("""
                    async ([number, text]) => {
                      const { readRegistry } = await import('/verify/registry.js');
                      const { base64 } = await import('/verify/octets.js');
                      (window.registries ??= [])[number] = readRegistry(base64(text));
                    }""", List.of(number, base64(RegistryXml.write(registry))));
        }
        return number;
    }

    private static void compare(List<Map<String, Object>> cases, List<String> names, List<String> differ) {
        List<?> verdicts = (List<?>) modules.call("""
                async (cases) => {
                  const { isGenuine } = await import('/verify/message.js');
                  const { base64, Refusal } = await import('/verify/octets.js');
                  const verdicts = [];
                  for (const one of cases) {
                    try {
                      await isGenuine(base64(one.octets), window.registries[one.registry], one.at);
                      verdicts.push('genuine');
                    } catch (failure) {
                      verdicts.push((failure instanceof Refusal ? 'refused ' : 'broken ') + failure.message);
                    }
                  }
                  return verdicts;
                }""", cases);
        for (int i = 0; i < names.size(); i++) {
            String verdict = String.valueOf(verdicts.get(i));
            String expected = names.get(i).substring(0, names.get(i).indexOf(' '));
            if (!verdict.split(" ")[0].equals(expected)) {
                differ.add(names.get(i) + " -> " + verdict);
            }
        }
        cases.clear();
        names.clear();
    }

    @Test
    void isIncludedAndIsConsistent_ofTheMerkleVectors_sayWhatTheyState() throws IOException {
        Path corpus = corpus("merkle");
        List<?> wrong = (List<?>) modules.call("""
                async (files) => {
                  const { isConsistent, isIncluded } = await import('/verify/merkle.js');
                  const { base64 } = await import('/verify/octets.js');
                  const hashes = (list) => (list ?? []).map(base64);
                  const wrong = [];
                  for (const [name, text] of files) {
                    const exact = JSON.parse(text.replace(/("(?:leafIdx|treeSize|size1|size2)": *)(\\d+)/g, '$1"$2"'));
                    const holds = exact.size1 === undefined
                      ? await isIncluded(BigInt(exact.leafIdx), BigInt(exact.treeSize), base64(exact.leafHash ?? ''), hashes(exact.proof), base64(exact.root ?? ''))
                      : await isConsistent(BigInt(exact.size1), BigInt(exact.size2), hashes(exact.proof), base64(exact.root1 ?? ''), base64(exact.root2 ?? ''));
                    if (holds === exact.wantErr) {
                      wrong.push(`${name}: ${exact.desc}`);
                    }
                  }
                  return wrong;
                }""", texts(corpus));
        assertThat(wrong).isEmpty();
    }

    @Test
    void verify_ofTheWycheproofVectors_saysWhatTheyState() throws IOException {
        Path corpus = corpus("wycheproof");
        List<?> wrong = (List<?>) modules.call("""
                async (files) => {
                  const keys = await import('/verify/keys.js');
                  const der = await import('/verify/der.js');
                  const octets = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
                  const wrong = [];
                  for (const [name, text] of files) {
                    for (const group of JSON.parse(text).testGroups) {
                      const key = keys.publicKey(der.read(octets(group.publicKeyDer)));
                      for (const test of group.tests) {
                        const identifier = key.kind === 'EC' ? '1.2.840.10045.4.3.2' : '1.3.101.112';
                        const holds = await keys.verifyByIdentifier(identifier, key, octets(test.sig), octets(test.msg));
                        if (holds !== (test.result === 'valid')) {
                          wrong.push(`${name} ${test.tcId}: ${test.comment}`);
                        }
                      }
                    }
                  }
                  return wrong;
                }""", texts(corpus));
        assertThat(wrong).isEmpty();
    }

    /** Every XML document of the corpora and of the attacks: read and written, or refused, as by this program. */
    @Test
    void canonical_ofDocumentsOfOthers_writesTheProgramsOctets() throws IOException {
        List<List<String>> documents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(corpus("xmldsig").getParent())) {
            for (Path file : files.filter(path -> path.toString().matches(".*\\.(xml|xsd|tmpl)"))
                    .sorted()
                    .toList()) {
                byte[] octets = Files.readAllBytes(file);
                String expected = HardenedXml.parse(octets, XmlRules.WIRE) instanceof XmlVerdict.Parsed parsed
                        ? base64(HardenedXml.serialise(parsed.document().getDocumentElement()))
                        : "";
                documents.add(List.of(file.getFileName().toString(), base64(octets), expected));
            }
        }
        assertThat(documents).filteredOn(document -> !document.get(2).isEmpty()).hasSizeGreaterThan(50);
        List<?> wrong = (List<?>) modules.call("""
                async (documents) => {
                  const { parse } = await import('/verify/xml.js');
                  const { canonical } = await import('/verify/canonical.js');
                  const { base64, toBase64, Refusal } = await import('/verify/octets.js');
                  const wrong = [];
                  for (const [name, octets, expected] of documents) {
                    let written = '';
                    let why = '';
                    try {
                      written = toBase64(canonical(parse(base64(octets))));
                    } catch (failure) {
                      why = String(failure);
                      if (!(failure instanceof Refusal)) {
                        throw failure;
                      }
                    }
                    if (written !== expected) {
                      wrong.push(`${name} ${expected === '' ? 'refused' : 'read'} ${why}`);
                    }
                  }
                  return wrong;
                }""", documents);
        assertThat(wrong).isEmpty();
    }

    private static List<List<String>> texts(Path corpus) throws IOException {
        try (Stream<Path> files = Files.walk(corpus)) {
            List<List<String>> texts = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                texts.add(List.of(corpus.relativize(file).toString(), Files.readString(file, StandardCharsets.UTF_8)));
            }
            return texts;
        }
    }
}
