// C2SP's formats of logs: signed-note, tlog-checkpoint, tlog-cosignature (Ed25519) and tlog-proof, each in its one form.
import { Refusal, base64, concat, digest, equal, hex, number, text, utf8 } from './octets.js';
import { ed25519, verifyEd25519 } from './keys.js';

const MAX_NOTE_OCTETS = 64 * 1024;
const MAX_PROOF_OCTETS = 128 * 1024;
const MAX_SIGNATURES = 64;
const MAX_PATH = 63;
const DASH = '\u2014 ';
const ED25519 = 0x01;
const COSIGNATURE = 0x04;
const KEY_ID_BYTES = 4;
const TIME_BYTES = 8;
const DECIMAL = /^(?:0|[1-9][0-9]{0,18})$/;
const MAX_NUMBER = (1n << 63n) - 1n;
const PROOF = 'c2sp.org/tlog-proof@v1';

/** A text and its signature lines; verifies nothing. */
export function readNote(octets) {
  if (octets.length > MAX_NOTE_OCTETS) {
    throw new Refusal('note.form');
  }
  const whole = text(octets);
  const separator = whole.lastIndexOf('\n\n');
  if (separator < 0 || !whole.endsWith('\n')) {
    throw new Refusal('note.form');
  }
  const body = whole.slice(0, separator + 1);
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0009\u000B-\u001F]/.test(body)) {
    throw new Refusal('note.form');
  }
  const lines = whole.slice(separator + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) {
    throw new Refusal('note.form');
  }
  return { text: body, signatures: lines.map(readSignature) };
}

function readSignature(line) {
  const blank = line.lastIndexOf(' ');
  if (!line.startsWith(DASH) || blank <= DASH.length) {
    throw new Refusal('note.form');
  }
  const name = line.slice(DASH.length, blank);
  const octets = base64(line.slice(blank + 1));
  if (!isName(name) || octets.length <= KEY_ID_BYTES) {
    throw new Refusal('note.form');
  }
  return { name, id: hex(octets.subarray(0, KEY_ID_BYTES)), signature: octets.subarray(KEY_ID_BYTES) };
}

function isName(name) {
  // eslint-disable-next-line no-control-regex
  return name !== '' && !/[+\s\u0000-\u001F\u007F-\u00A0\u2007\u202F]/u.test(name);
}

/** A verifier key, NAME+ID+KEY; its id must be that of its name and key. */
export async function readVerifierKey(written) {
  const parts = /^([^+]{1,200})\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(written);
  const typed = parts === null ? new Uint8Array() : base64(parts[3]);
  if (typed.length !== 33 || (typed[0] !== ED25519 && typed[0] !== COSIGNATURE) || !isName(parts[1])) {
    throw new Refusal('note.key');
  }
  const key = await verifierKey(parts[1], typed[0] === COSIGNATURE, typed.subarray(1));
  if (key.id !== parts[2]) {
    throw new Refusal('note.key');
  }
  return key;
}

/** The key of this name and these octets: a log's own, or a witness'. */
export async function verifierKey(name, cosigns, octets) {
  const typed = concat(Uint8Array.of(cosigns ? COSIGNATURE : ED25519), octets);
  const hashed = await digest(concat(utf8(name + '\n'), typed));
  return { name, cosigns, id: hex(hashed.subarray(0, KEY_ID_BYTES)), key: ed25519(octets) };
}

function by(note, key) {
  return note.signatures.filter((signature) => signature.name === key.name && signature.id === key.id);
}

/** Whether this key signed the text: every signature in its name must verify, and there must be one. */
export async function isSignedBy(note, key) {
  const own = by(note, key);
  const message = utf8(note.text);
  for (const signature of own) {
    if (!(await verifyEd25519(key.key, signature.signature, message))) {
      return false;
    }
  }
  return own.length > 0 && !key.cosigns;
}

/** When this witness cosigned the checkpoint, in milliseconds since 1970, once for each signature that verifies. */
export async function cosignedAt(note, witness) {
  const times = [];
  for (const { signature } of witness.cosigns ? by(note, witness) : []) {
    const seconds = number(signature.subarray(0, TIME_BYTES));
    const message = utf8(`cosignature/v1\ntime ${seconds}\n${note.text}`);
    if (signature.length > TIME_BYTES && seconds <= 31_556_889_864_403_199n && (await verifyEd25519(witness.key, signature.subarray(TIME_BYTES), message))) {
      times.push(Number(seconds) * 1000);
    }
  }
  return times;
}

/** How many signature lines are in this witness' name, verifying or not. */
export function countBy(note, key) {
  return by(note, key).length;
}

/** What a checkpoint says: origin, size (BigInt) and root. */
export function readCheckpoint(body) {
  const lines = body.split('\n');
  const last = lines.pop();
  if (lines.length < 3 || last !== '' || lines.slice(3).includes('') || lines[0] === '' || !DECIMAL.test(lines[1])) {
    throw new Refusal('checkpoint.form');
  }
  const size = BigInt(lines[1]);
  const root = base64(lines[2]);
  if (size > MAX_NUMBER || root.length !== 32) {
    throw new Refusal('checkpoint.form');
  }
  return { origin: lines[0], size, root };
}

/** A proof to carry away: the leaf's index, the path of hashes, and the signed checkpoint. */
export function readProof(octets) {
  if (octets.length > MAX_PROOF_OCTETS) {
    throw new Refusal('proof.form');
  }
  const whole = text(octets);
  const end = whole.indexOf('\n\n');
  const lines = end < 0 ? [] : whole.slice(0, end).split('\n');
  if (lines.shift() !== PROOF) {
    throw new Refusal('proof.form');
  }
  if (lines[0]?.startsWith('extra ')) {
    lines.shift();
  }
  const index = /^index (.*)$/.exec(lines.shift() ?? '')?.[1] ?? '';
  const path = lines.map(base64);
  if (!DECIMAL.test(index) || path.length > MAX_PATH || path.some((hash) => hash.length !== 32)) {
    throw new Refusal('proof.form');
  }
  const noteOctets = utf8(whole.slice(end + 2));
  const note = readNote(noteOctets);
  return { index: BigInt(index), path, note, noteOctets, checkpoint: readCheckpoint(note.text) };
}

export function sameCheckpoint(one, other) {
  return one.origin === other.origin && one.size === other.size && equal(one.root, other.root);
}
