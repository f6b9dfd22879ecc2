// Octets and their texts. Everything here has one right form, and refuses every other.

/** A check that does not hold: a code for the page's texts, and the values that the text names. */
export class Refusal extends Error {
  constructor(code, ...values) {
    super([code, ...values].join(' '));
    this.code = code;
    this.values = values.map(String);
  }
}

/** Something that these modules do not do: neither right nor wrong. */
export class Unsupported extends Error {
  constructor(code, ...values) {
    super([code, ...values].join(' '));
    this.code = code;
    this.values = values.map(String);
  }
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_VALUES = new Map([...BASE64].map((character, value) => [character.charCodeAt(0), value]));

export function hex(octets) {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

export function equal(one, other) {
  return one.length === other.length && one.every((octet, at) => octet === other[at]);
}

export function concat(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function utf8(text) {
  return new TextEncoder().encode(text);
}

/** The text of octets that are UTF-8 and nothing else; a byte order mark is kept. */
export function text(octets) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    throw new Refusal('encoding');
  }
}

/** One octet a character, as in names within a zip. */
export function latin1(octets) {
  let result = '';
  for (const octet of octets) {
    result += String.fromCharCode(octet);
  }
  return result;
}

/** Base64 with padding, without blanks, without stray bits: one text for the same octets. */
export function base64(encoded) {
  const padding = encoded.endsWith('==') ? 2 : encoded.endsWith('=') ? 1 : 0;
  if (encoded.length % 4 !== 0) {
    throw new Refusal('base64');
  }
  const result = new Uint8Array((encoded.length / 4) * 3 - padding);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < encoded.length - padding; i++) {
    const value = BASE64_VALUES.get(encoded.charCodeAt(i));
    if (value === undefined) {
      throw new Refusal('base64');
    }
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      result[at++] = (held >> bits) & 0xff;
    }
  }
  if ((held & ((1 << bits) - 1)) !== 0) {
    throw new Refusal('base64');
  }
  return result;
}

export function toBase64(octets) {
  let result = '';
  for (let i = 0; i < octets.length; i += 3) {
    const left = octets.length - i;
    const group = (octets[i] << 16) | ((octets[i + 1] ?? 0) << 8) | (octets[i + 2] ?? 0);
    result += BASE64[group >> 18] + BASE64[(group >> 12) & 63];
    result += left > 1 ? BASE64[(group >> 6) & 63] : '=';
    result += left > 2 ? BASE64[group & 63] : '=';
  }
  return result;
}

/** A document in PEM of exactly one block of this kind. */
export function pem(octets, kind) {
  const match = new RegExp(`^-----BEGIN ${kind}-----\\r?\\n([A-Za-z0-9+/=\\r\\n]+)-----END ${kind}-----\\r?\\n?$`).exec(text(octets));
  if (match === null) {
    throw new Refusal('pem', kind);
  }
  return base64(match[1].replace(/[\r\n]/g, ''));
}

export async function digest(octets, algorithm = 'SHA-256') {
  return new Uint8Array(await crypto.subtle.digest(algorithm, octets));
}

export async function sha256Hex(octets) {
  return hex(await digest(octets));
}

export async function hmacSha256(keyOctets, octets) {
  const key = await crypto.subtle.importKey('raw', keyOctets, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, octets));
}

/** A big-endian unsigned number. */
export function number(octets) {
  return octets.length === 0 ? 0n : BigInt('0x' + hex(octets));
}
