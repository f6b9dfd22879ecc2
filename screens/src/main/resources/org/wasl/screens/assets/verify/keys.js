// Public keys and signatures by WebCrypto: the algorithms that messages, certificates and checkpoints may use, and no other.
import { Refusal, Unsupported, equal, hex, number } from './octets.js';
import * as der from './der.js';

const EC = '1.2.840.10045.2.1';
const P256 = '1.2.840.10045.3.1.7';
const RSA = '1.2.840.113549.1.1.1';
const ED25519 = '1.3.101.112';
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const RSA_BITS = { least: 3072, most: 8192 };

/** By object identifier, as certificates, lists, responses and CMS name them. */
const ALGORITHMS = new Map([
  ['1.2.840.10045.4.3.2', { kind: 'EC', hash: 'SHA-256' }],
  ['1.2.840.10045.4.3.3', { kind: 'EC', hash: 'SHA-384' }],
  ['1.2.840.10045.4.3.4', { kind: 'EC', hash: 'SHA-512' }],
  ['1.2.840.113549.1.1.11', { kind: 'RSA', hash: 'SHA-256' }],
  ['1.2.840.113549.1.1.12', { kind: 'RSA', hash: 'SHA-384' }],
  ['1.2.840.113549.1.1.13', { kind: 'RSA', hash: 'SHA-512' }],
  [ED25519, { kind: 'ED25519', hash: null }],
]);

export const HASHES = new Map([
  ['1.3.14.3.2.26', 'SHA-1'],
  ['2.16.840.1.101.3.4.2.1', 'SHA-256'],
  ['2.16.840.1.101.3.4.2.2', 'SHA-384'],
  ['2.16.840.1.101.3.4.2.3', 'SHA-512'],
]);

/**
 * A SubjectPublicKeyInfo: which kind of key, and whether it is strong enough to count.
 * `accepted` is false for curves, lengths and exponents that are not on the list.
 */
export function publicKey(node) {
  const [algorithm, bits] = der.children(node);
  const identifier = der.oid(der.children(algorithm)[0]);
  const octets = der.bits(bits);
  const spki = node.whole;
  if (identifier === EC) {
    const curve = der.children(algorithm)[1];
    return { kind: 'EC', spki, octets, accepted: curve?.tag === der.TAG.OID && der.oid(curve) === P256 && octets.length === 65 && octets[0] === 4 };
  }
  if (identifier === RSA) {
    const [modulus, exponent] = der.children(der.read(octets)).map(der.unsigned);
    const length = modulus.toString(2).length;
    return { kind: 'RSA', spki, octets, modulus, bits: length, accepted: length >= RSA_BITS.least && length <= RSA_BITS.most && exponent >= 65537n };
  }
  if (identifier === ED25519) {
    return { kind: 'ED25519', spki, octets, accepted: octets.length === 32 };
  }
  return { kind: 'OTHER', spki, octets, accepted: false };
}

/** The key of these 32 octets, as notes and checkpoints have it. */
export function ed25519(octets) {
  return { kind: 'ED25519', octets, accepted: octets.length === 32, spki: null };
}

async function imported(key, algorithm) {
  try {
    return key.spki === null
      ? await crypto.subtle.importKey('raw', key.octets, algorithm, false, ['verify'])
      : await crypto.subtle.importKey('spki', key.spki, algorithm, false, ['verify']);
  } catch (failure) {
    if (failure?.name === 'NotSupportedError') {
      throw new Unsupported('browser.algorithm', key.kind);
    }
    throw new Refusal('key');
  }
}

async function verified(key, algorithm, signature, octets) {
  const importedKey = await imported(key, algorithm);
  try {
    return await crypto.subtle.verify(algorithm, importedKey, signature, octets);
  } catch {
    return false;
  }
}

/** ECDSA on P-256; the value is r‖s. */
export function verifyEc(key, hash, signature, octets) {
  return verified(key, { name: 'ECDSA', namedCurve: 'P-256', hash }, signature, octets);
}

export function verifyRsa(key, hash, signature, octets) {
  return verified(key, { name: 'RSASSA-PKCS1-v1_5', hash }, signature, octets);
}

/** Ed25519 (RFC 8032): s below the group's order, and no small-order key or point, which would sign more than one text. */
export async function verifyEd25519(key, signature, octets) {
  if (signature.length !== 64 || isSmallOrder(key.octets)) {
    return false;
  }
  return verified(key, { name: 'Ed25519' }, signature, octets);
}

const SMALL_ORDER = new Set([
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
]);

function isSmallOrder(octets) {
  return SMALL_ORDER.has(hex(octets));
}

/** An ECDSA value in DER as r‖s; null when it is none. */
export function plainEcdsa(octets) {
  try {
    const parts = der.children(der.read(octets)).map(der.unsigned);
    if (parts.length !== 2 || parts.some((part) => part === 0n || part >= P256_ORDER)) {
      return null;
    }
    return Uint8Array.from(
      parts.map((part) => part.toString(16).padStart(64, '0')).join('').match(/../g), (pair) => parseInt(pair, 16),
    );
  } catch (failure) {
    if (failure instanceof Refusal) {
      return null;
    }
    throw failure;
  }
}

/** Whether an r‖s has its one form: with (r, s) the pair (r, n-s) verifies too, and anybody can compute it. */
export function isLowEcdsa(value) {
  if (value.length !== 64) {
    return false;
  }
  const r = number(value.subarray(0, 32));
  const s = number(value.subarray(32));
  return r > 0n && r < P256_ORDER && s > 0n && s <= P256_ORDER >> 1n;
}

/** Whether an RSA value is as long as the modulus, and below it. */
export function isPlainRsa(value, key) {
  return value.length === Math.ceil(key.bits / 8) && number(value) < key.modulus;
}

/** Whether the key signed these octets by the algorithm that an AlgorithmIdentifier names; `hash` where that names none. */
export async function verifyByIdentifier(identifier, key, signature, octets, hash = null) {
  const found = ALGORITHMS.get(identifier) ?? (identifier === RSA && hash !== null ? { kind: 'RSA', hash } : undefined);
  if (found === undefined || !key.accepted || found.kind !== key.kind) {
    throw new Refusal('algorithm', identifier);
  }
  if (found.kind === 'EC') {
    const plain = plainEcdsa(signature);
    return plain !== null && verifyEc(key, found.hash, plain, octets);
  }
  return found.kind === 'RSA' ? verifyRsa(key, found.hash, signature, octets) : verifyEd25519(key, signature, octets);
}

export function sameKey(one, other) {
  return one.kind === other.kind && equal(one.octets, other.octets);
}
