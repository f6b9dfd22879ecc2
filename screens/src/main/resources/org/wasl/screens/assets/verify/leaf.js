// A leaf of the message log, formats 1 to 3 (docs/formats.md): what the log commits to, and the little it says in clear.
import { Refusal, hex, number, text } from './octets.js';

const NAMES = ['direction', 'member', 'messageId', 'correlationId', 'kind', 'sender', 'consumer', 'provider', 'service', 'purpose', 'actor', 'inReplyTo', 'expires', 'fault', 'subject', 'commitment', 'evidence'];
const BINARY = new Set(['expires', 'subject', 'commitment', 'evidence']);
const LENGTHS = { expires: 8, subject: 32, commitment: 32 };
const FIXED_BYTES = 17;
const ABSENT = 0xffffffff;
const MAX_OCTETS = 0xffff;

/** The fields of a leaf; absent ones are null. Index and time are numbers, evidence a list of digests. */
export function readLeaf(octets) {
  if (octets.length < FIXED_BYTES || octets.length > MAX_OCTETS || octets[0] < 1 || octets[0] > 3) {
    throw new Refusal('leaf.form');
  }
  const leaf = { format: octets[0], index: number(octets.subarray(1, 9)), at: Number(number(octets.subarray(9, 17))) };
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const fields = leaf.format === 1 ? NAMES.slice(0, -1) : NAMES;
  let at = FIXED_BYTES;
  leaf.evidence = null;
  for (const name of fields) {
    if (at + 4 > octets.length) {
      throw new Refusal('leaf.form');
    }
    const length = view.getUint32(at);
    at += 4;
    if (length === ABSENT) {
      leaf[name] = null;
      continue;
    }
    const field = octets.subarray(at, at + length);
    if (field.length !== length || (LENGTHS[name] ?? length) !== length) {
      throw new Refusal('leaf.form');
    }
    leaf[name] = BINARY.has(name) ? field : text(field);
    at += length;
  }
  if (at !== octets.length || (leaf.evidence?.length ?? 0) % 32 !== 0) {
    throw new Refusal('leaf.form');
  }
  leaf.evidence = digests(leaf.evidence ?? new Uint8Array());
  return leaf;
}

function digests(octets) {
  const all = [];
  for (let at = 0; at < octets.length; at += 32) {
    all.push(hex(octets.subarray(at, at + 32)));
  }
  return all;
}
