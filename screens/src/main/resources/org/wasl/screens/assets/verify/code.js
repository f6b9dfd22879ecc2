// Verification codes: a tracking id in Crockford's base 32 and two check characters, as statements carry them printed.
import { Refusal } from './octets.js';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PRIME = 1021n;
const ID_CHARACTERS = 26;
const CHARACTERS = 28;
const MAX_TYPED = 56;

function numberOf(characters) {
  return [...characters].reduce((sum, character) => sum * 32n + BigInt(ALPHABET.indexOf(character)), 0n);
}

/** The tracking id of what somebody typed. */
export function readCode(typed) {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (typed.length > MAX_TYPED || plain.length !== CHARACTERS || [...plain].some((character) => !ALPHABET.includes(character))) {
    throw new Refusal('code.form');
  }
  const id = numberOf(plain.slice(0, ID_CHARACTERS));
  if (id >> 128n !== 0n || id % PRIME !== numberOf(plain.slice(ID_CHARACTERS))) {
    throw new Refusal('code.form');
  }
  const digits = id.toString(16).padStart(32, '0');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
