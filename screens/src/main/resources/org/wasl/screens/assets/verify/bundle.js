// The checks of an evidence bundle, as `wasl audit export` writes one (docs/verify/README.md). Every file of it is looked
// at; one that is not asked about is said to be.
import { Refusal, equal, hmacSha256, pem, sha256Hex, text } from './octets.js';
import { inTime, iso, readCertificate } from './certificate.js';
import { checkRegistrySignature, readTimeStamp } from './cms.js';
import { asInReplyTo } from './container.js';
import { readLeaf } from './leaf.js';
import { checkInclusion, checkKept, checkLog, checkWitnesses, ed25519Spki, readSignedCheckpoint, sameLogKey } from './log.js';
import { checkMessage, checkSigner, checkStatus } from './message.js';
import { readProof, readVerifierKey } from './note.js';
import { entriesOf, readRegistry } from './registry.js';
import { Report } from './report.js';
import { pathStatus, readEvidence } from './status.js';
import { timeStampPath } from './trust.js';
import { readBundle } from './zip.js';

const AUTHORITY = 'registry/authority.pem';
const CHECKPOINT = 'checkpoint/checkpoint';
const BODY = 'checkpoint/checkpoint.body';
const STAMP = 'checkpoint/time-stamp.tst';
const TABLE = 'leaves/leaves.tsv';
const SUMS = 'SHA256SUMS';
/** For people; they are no evidence, and nothing rests on them. */
const FOR_PEOPLE = ['VERIFY.md', 'statement.html', 'statement.pdf', 'statement.json', 'merkle.py'];
const REGISTRY = /^registry\/([1-9][0-9]{0,17})\/registry\.xml$/;

/**
 * Checks a bundle.
 * @param octets the zip
 * @param trust { pinned: fingerprint that the reader typed or null, site: { authority: fingerprint } or null, kept: note or null }
 */
export async function checkBundle(octets, trust) {
  const report = new Report();
  const files = await report.check('bundle.zip', null, () => readBundle(octets));
  if (files !== null) {
    await new Bundle(report, files, trust).check();
  }
  return report;
}

/** Whether a zip looks like a bundle: a container begins with its mimetype. */
export function isBundle(octets) {
  return new TextDecoder('latin1').decode(octets.subarray(30, 38)) !== 'mimetype';
}

class Bundle {
  constructor(report, files, trust) {
    this.report = report;
    this.files = files;
    this.trust = trust;
    this.asked = new Set([SUMS, ...FOR_PEOPLE.filter((name) => files.has(name))]);
    this.registries = new Map();
    this.evidence = [];
    this.messages = new Map();
    this.leaves = [];
    this.certificates = new Set();
  }

  /** A file that has to be there. */
  file(name) {
    const content = this.files.get(name);
    if (content === undefined) {
      throw new Refusal('file.missing', name);
    }
    this.asked.add(name);
    return content;
  }

  names(pattern) {
    return [...this.files.keys()].filter((name) => pattern.test(name));
  }

  async check() {
    await this.sums();
    await this.authority();
    await this.versions();
    await this.statuses();
    await this.table();
    await this.contents();
    this.answers();
    await this.log();
    await this.stamp();
    await this.certificateFiles();
    this.rest();
  }

  async sums() {
    await this.report.check('bundle.sums', SUMS, async () => {
      const listed = new Map();
      for (const line of text(this.file(SUMS)).split('\n').slice(0, -1)) {
        const parts = /^([0-9a-f]{64}) [ *](.+)$/.exec(line);
        if (parts === null || listed.has(parts[2])) {
          throw new Refusal('sums.form');
        }
        listed.set(parts[2], parts[1]);
      }
      for (const [name, content] of this.files) {
        if (name !== SUMS && listed.get(name) !== (await sha256Hex(content))) {
          throw new Refusal('sums.differs', name);
        }
        listed.delete(name);
      }
      if (listed.size > 0) {
        throw new Refusal('file.missing', [...listed.keys()][0]);
      }
    });
  }

  /** The one thing that no file can prove: that the authority in the bundle is the real one. */
  async authority() {
    try {
      this.authorityCertificate = readCertificate(pem(this.file(AUTHORITY), 'CERTIFICATE'));
      checkAnchor(this.report, AUTHORITY, await sha256Hex(this.authorityCertificate.octets), this.trust);
    } catch (failure) {
      this.report.failed('anchor', AUTHORITY, failure);
    }
  }

  async versions() {
    const names = this.names(REGISTRY);
    if (names.length === 0) {
      this.report.fails('registry.signature', 'registry', 'file.missing', 'registry/…/registry.xml');
    }
    for (const name of names) {
      await this.report.check('registry.signature', name, async () => {
        const octets = this.file(name);
        if (this.authorityCertificate === undefined) {
          throw new Refusal('cms.signer');
        }
        await checkRegistrySignature(octets, this.file(`${name}.p7s`), this.authorityCertificate);
        const registry = readRegistry(octets);
        if (registry.version !== REGISTRY.exec(name)[1]) {
          throw new Refusal('registry.form');
        }
        if (!inTime(this.authorityCertificate, registry.issued)) {
          throw new Refusal('certificate.time', iso(this.authorityCertificate.notBefore), iso(this.authorityCertificate.notAfter));
        }
        this.registries.set(registry.version, registry);
      });
    }
    this.newest = [...this.registries.values()].sort((one, other) => Number(BigInt(other.version) - BigInt(one.version)))[0];
  }

  async statuses() {
    for (const name of this.names(/^evidence\/[0-9a-f]{64}\.(ocsp|crl)$/)) {
      await this.report.check('evidence.file', name, async () => {
        const content = this.file(name);
        const [, digest, kind] = /^evidence\/([0-9a-f]{64})\.(ocsp|crl)$/.exec(name);
        if ((await sha256Hex(content)) !== digest) {
          throw new Refusal('evidence.digest');
        }
        this.evidence.push(readEvidence(kind, content));
      });
    }
  }

  /** The leaves, and which file each commits to. */
  async table() {
    const table = await this.report.check('leaf.table', TABLE, () => {
      const lines = text(this.file(TABLE)).split('\n').slice(0, -1).map((line) => /^(0|[1-9][0-9]{0,15})\t(-|containers\/[A-Za-z0-9._-]+)$/.exec(line));
      if (lines.length === 0 || lines.includes(null) || new Set(lines.map((line) => line[1])).size !== lines.length) {
        throw new Refusal('leaf.table');
      }
      return lines;
    });
    for (const [, index, file] of table ?? []) {
      await this.leaf(index, file === '-' ? null : file);
    }
    for (const name of this.names(/^(?:leaves\/[0-9]+\.(?:leaf|salt)|proofs\/.*)$/)) {
      if (!this.leaves.some((leaf) => name.split('/')[1].split('.')[0] === leaf.number)) {
        this.report.fails('leaf.commitment', name, 'leaf.table');
      }
    }
  }

  async leaf(number, file) {
    const name = `leaves/${number}.leaf`;
    await this.report.check('leaf.commitment', name, async () => {
      const octets = this.file(name);
      const leaf = readLeaf(octets);
      if (leaf.index !== BigInt(number)) {
        throw new Refusal('leaf.form');
      }
      // Known even if it commits to something else: the message is judged all the same.
      this.leaves.push({ number, name, octets, file, ...leaf });
      await this.commitment(number, leaf, file);
    });
    if (this.files.has(name) && !this.files.has(`leaves/${number}.salt`)) {
      this.report.unknown('leaf.content', name, 'leaf.erased');
    }
  }

  async commitment(number, leaf, file) {
    const salt = this.files.get(`leaves/${number}.salt`);
    if (salt === undefined) {
      return;
    }
    this.asked.add(`leaves/${number}.salt`);
    const content = file === null ? new Uint8Array() : this.file(file);
    if (leaf.commitment === null || salt.length === 0 || !equal(leaf.commitment, await hmacSha256(salt, content))) {
      throw new Refusal('leaf.commitment', file ?? '');
    }
  }

  async contents() {
    for (const name of this.names(/^containers\//)) {
      const leaves = this.leaves.filter((leaf) => leaf.file === name);
      this.asked.add(name);
      if (leaves.length === 0) {
        this.report.fails('leaf.content', name, 'leaf.none');
      } else if (leaves.every((leaf) => leaf.direction === 'REFUSED')) {
        this.report.unknown('message.form', name, 'message.refused');
      } else if (leaves.every((leaf) => leaf.direction === 'RECORDED')) {
        this.report.unknown('message.form', name, 'message.recorded');
      } else {
        await this.message(name, leaves);
      }
    }
  }

  async message(name, leaves) {
    const message = await checkMessage(this.report, name, this.files.get(name));
    if (message === null) {
      return;
    }
    this.messages.set(name, message);
    const { container } = message;
    await this.report.check('leaf.content', name, () => leaves.forEach((leaf) => checkLeafSays(leaf, container.header)));
    const version = container.header.registry?.version;
    const registry = this.registries.get(version) ?? (version === undefined ? this.newest : undefined);
    if (registry === undefined) {
      this.report.fails('message.certificate', name, 'file.missing', `registry/${version ?? ''}/registry.xml`);
      return;
    }
    const signer = await checkSigner(this.report, name, container, registry, leaves.map((leaf) => leaf.at));
    if (signer !== null) {
      signer.trust.path.forEach((certificate) => this.certificates.add(certificate));
      await checkStatus(this.report, name, signer, this.evidence);
    }
  }

  /** That every answer names its very request: by the digests of its header and payload, under the answer's signature. */
  answers() {
    for (const [name, { container }] of this.messages) {
      const named = container.header.inReplyTo;
      if (named === null) {
        continue;
      }
      const asked = [...this.messages.values()].map((one) => asInReplyTo(one.container)).find((one) => one.messageId === named.messageId);
      if (asked === undefined) {
        this.report.unknown('message.answers', name, 'answer.missing', named.messageId);
      } else if (asked.headerDigest !== named.headerDigest || asked.payloadDigest !== named.payloadDigest) {
        this.report.fails('message.answers', name, 'answer.other', named.messageId);
      } else {
        this.report.holds('message.answers', name);
      }
    }
  }

  async log() {
    if (!this.files.has(CHECKPOINT)) {
      this.report.unknown('log.signature', CHECKPOINT, 'log.uncovered');
      return;
    }
    const signed = await this.report.check('log.form', CHECKPOINT, () => {
      const read = readSignedCheckpoint(this.file(CHECKPOINT));
      if (text(this.file(BODY)) !== read.note.text) {
        throw new Refusal('log.body');
      }
      return read;
    });
    if (signed === null || this.newest === undefined) {
      return;
    }
    await checkLog(this.report, CHECKPOINT, signed, this.newest);
    await checkWitnesses(this.report, CHECKPOINT, signed, this.newest);
    await this.keyFiles();
    for (const leaf of this.leaves) {
      await this.inclusion(leaf, signed);
    }
    if (this.trust.kept !== null) {
      await this.kept(signed);
    }
  }

  async kept(signed) {
    try {
      await checkKept(this.report, CHECKPOINT, readSignedCheckpoint(this.trust.kept), signed, this.newest);
    } catch (failure) {
      this.report.failed('log.kept', CHECKPOINT, failure);
    }
  }

  async inclusion(leaf, signed) {
    const name = `proofs/${leaf.number}.tlog-proof`;
    try {
      const proof = readProof(this.file(name));
      if (!equal(proof.noteOctets, signed.octets)) {
        throw new Refusal('proof.checkpoint');
      }
      await checkInclusion(this.report, name, leaf.octets, leaf.index, proof);
    } catch (failure) {
      this.report.failed('leaf.included', name, failure);
    }
  }

  /** Key files are for other tools: each must be the registry's, in both of its forms. */
  async keyFiles() {
    for (const name of this.names(/^keys\/(?:log|witness-[0-9]{1,2})\.vkey$/)) {
      await this.report.check('log.keys', name, async () => {
        const key = await readVerifierKey(text(this.file(name)).replace(/\n$/, ''));
        const listed = (key.cosigns ? this.newest.witnesses : this.newest.logs).some((one) => sameLogKey(key, one));
        if (!listed || key.cosigns === (name === 'keys/log.vkey')) {
          throw new Refusal('log.keys');
        }
        const other = name.replace(/vkey$/, 'pem');
        if (!equal(pem(this.file(other), 'PUBLIC KEY'), ed25519Spki(key.key.octets))) {
          throw new Refusal('log.pem', other);
        }
      });
    }
  }

  async stamp() {
    if (!this.files.has(STAMP)) {
      this.report.unknown('stamp', STAMP, 'stamp.none');
      return;
    }
    try {
      const stamp = await readTimeStamp(this.file(STAMP), this.file(BODY));
      if (this.newest === undefined) {
        throw new Refusal('file.missing', 'registry/…/registry.xml');
      }
      const trust = await timeStampPath(stamp.certificate, this.newest, stamp.at);
      trust.path.forEach((certificate) => this.certificates.add(certificate));
      const known = (await pathStatus(trust, stamp.evidence, stamp.at)) === 'good';
      this.report.holds('stamp', STAMP, known ? 'stamp.at' : 'stamp.status', iso(stamp.at));
    } catch (failure) {
      this.report.failed('stamp', STAMP, failure);
    }
  }

  /** Certificate files are for other tools too: each must be one that a path leads over, or that the registry lists. */
  async certificateFiles() {
    for (const name of this.names(/^certificates\//)) {
      await this.report.check('certificate.file', name, () => {
        const octets = pem(this.file(name), 'CERTIFICATE');
        const onPath = [...this.certificates].some((certificate) => equal(certificate.octets, octets));
        const listed = [...this.registries.values()].some(
          (registry) => entriesOf(registry, octets).length > 0 || [...registry.anchors, ...registry.intermediates].some((entry) => equal(entry.certificate.octets, octets)),
        );
        if (!onPath && !listed) {
          throw new Refusal('certificate.unknown');
        }
      });
    }
  }

  rest() {
    const left = [...this.files.keys()].filter((name) => !this.asked.has(name));
    for (const name of left) {
      this.report.fails('bundle.files', name, 'file.foreign');
    }
    const people = FOR_PEOPLE.filter((name) => this.files.has(name));
    if (people.length > 0) {
      this.report.unknown('bundle.people', people.join(', '), 'file.people');
    }
  }
}

/** Whether the authority's fingerprint is the one that the reader, or else this site, holds for the right one. */
export function checkAnchor(report, file, fingerprint, trust) {
  const shown = fingerprint.toUpperCase().replace(/..(?!$)/g, '$&:');
  if (trust.pinned !== null) {
    if (trust.pinned === fingerprint) {
      report.holds('anchor', file, 'anchor.pinned', shown);
    } else {
      report.fails('anchor', file, 'anchor.other', shown);
    }
  } else if (trust.site === null) {
    report.unknown('anchor', file, 'anchor.unpinned', shown);
  } else if (trust.site.authority === fingerprint) {
    report.holds('anchor', file, 'anchor.site', shown);
  } else {
    report.fails('anchor', file, 'anchor.foreign', shown);
  }
}

/** The leaf says in clear what the message's signed header says, or nothing. */
export function checkLeafSays(leaf, header) {
  const said = {
    messageId: header.messageId,
    correlationId: header.correlationId,
    kind: header.kind,
    sender: header.sender,
    consumer: header.consumer,
    provider: header.provider,
    service: header.service,
    purpose: header.purpose,
    actor: header.actor.id,
    inReplyTo: header.inReplyTo?.messageId ?? null,
  };
  for (const [name, value] of Object.entries(said)) {
    if (leaf[name] !== null && leaf[name] !== value) {
      throw new Refusal('leaf.says', name);
    }
  }
}
