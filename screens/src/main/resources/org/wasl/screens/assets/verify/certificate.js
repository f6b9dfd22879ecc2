// X.509 certificates (RFC 5280), and paths of trust from one to an anchor.
import { Refusal, Unsupported, equal, hex } from './octets.js';
import * as der from './der.js';
import { publicKey, verifyByIdentifier } from './keys.js';

export const OID = {
  keyUsage: '2.5.29.15',
  subjectKey: '2.5.29.14',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  listPoints: '2.5.29.31',
  policies: '2.5.29.32',
  authorityKey: '2.5.29.35',
  purposes: '2.5.29.37',
  freshestList: '2.5.29.46',
  noRevocation: '2.5.29.56',
  validityAssured: '0.4.0.194121.2.1',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  organisation: '2.5.4.10',
  commonName: '2.5.4.3',
};
export const PURPOSE = {
  any: '2.5.29.37.0',
  documents: '1.3.6.1.5.5.7.3.36',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
};
export const USAGE = { digitalSignature: 0, keyCertSign: 5, cRLSign: 6 };
const UNDERSTOOD = new Set([OID.keyUsage, OID.basicConstraints, OID.nameConstraints, OID.purposes, OID.policies, OID.subjectKey, OID.authorityKey]);
const MAX_OCTETS = 64 * 1024;
const MAX_BETWEEN = 8;
const DIRECTORY_NAME = 4;

/** Reads a certificate; believes nothing of it. */
export function readCertificate(octets) {
  if (octets.length > MAX_OCTETS) {
    throw new Refusal('der');
  }
  const whole = der.children(der.read(octets));
  const [body, algorithm, signature] = whole;
  const fields = [...der.children(body)];
  const version = der.tagged(fields.slice(0, 1), 0);
  if (whole.length !== 3 || version === undefined || der.unsigned(version.children[0]) !== 2n) {
    throw new Refusal('certificate.form');
  }
  const [, serial, innerAlgorithm, issuer, validity, subject, key] = fields;
  if (!equal(innerAlgorithm.whole, algorithm.whole)) {
    throw new Refusal('certificate.form');
  }
  const [notBefore, notAfter] = der.children(validity).map(der.time);
  return {
    octets,
    body: body.whole,
    algorithm: der.oid(der.children(algorithm)[0]),
    signature: der.bits(signature),
    serial: der.integerHex(serial),
    issuer: issuer.whole,
    subject: subject.whole,
    subjectName: names(subject),
    key: publicKey(key),
    keyBits: der.bits(der.children(key)[1]),
    notBefore,
    notAfter,
    extensions: readExtensions(der.tagged(fields.slice(7), 3)),
  };
}

function readExtensions(holder) {
  const extensions = new Map();
  for (const extension of holder === undefined ? [] : der.children(holder.children[0])) {
    const parts = der.children(extension);
    const identifier = der.oid(parts[0]);
    const critical = parts.length === 3 && der.boolean(parts[1]);
    if (extensions.has(identifier)) {
      throw new Refusal('certificate.form');
    }
    extensions.set(identifier, { critical, value: der.expect(parts[parts.length - 1], der.TAG.OCTETS).octets });
  }
  return extensions;
}

/** The parts of a name: [[object identifier, text]]. */
function names(node) {
  return der.children(node).flatMap((relative) =>
    der.children(relative, der.TAG.SET).map((pair) => {
      const [type, value] = der.children(pair);
      return [der.oid(type), new TextDecoder('utf-8').decode(value.octets)];
    }),
  );
}

export function nameParts(certificate, type) {
  return certificate.subjectName.filter(([identifier]) => identifier === type).map(([, value]) => value);
}

function parsedExtension(certificate, identifier) {
  const extension = certificate.extensions.get(identifier);
  return extension === undefined ? undefined : der.read(extension.value);
}

/** The named bits of the key's usage; null when the certificate does not say. */
export function usage(certificate) {
  const value = parsedExtension(certificate, OID.keyUsage);
  return value === undefined ? null : der.namedBits(value);
}

/** What else its key is for; null when the certificate does not say. */
export function purposes(certificate) {
  const value = parsedExtension(certificate, OID.purposes);
  return value === undefined ? null : der.children(value).map(der.oid);
}

/** { authority, below }: whether it may issue certificates, and how many authorities may stand below it. */
export function constraints(certificate) {
  const value = parsedExtension(certificate, OID.basicConstraints);
  const fields = value === undefined ? [] : [...der.children(value)];
  const authority = fields[0]?.tag === der.TAG.BOOLEAN && der.boolean(fields.shift());
  return { authority, below: fields.length > 0 ? Number(der.unsigned(fields[0])) : Infinity };
}

/** The key's identifier of its own, and that of its issuer's key, as hexadecimal; null where there is none. */
export function keyIdentifiers(certificate) {
  const own = parsedExtension(certificate, OID.subjectKey);
  const above = parsedExtension(certificate, OID.authorityKey);
  const identifier = above === undefined ? undefined : der.tagged(above.children, 0);
  return {
    own: own === undefined ? null : hex(der.expect(own, der.TAG.OCTETS).octets),
    above: identifier === undefined ? null : hex(identifier.octets),
  };
}

export function inTime(certificate, at) {
  return at >= certificate.notBefore && at <= certificate.notAfter;
}

/** Whether this certificate's key signed that one. */
export async function signed(issuer, certificate) {
  return equal(issuer.subject, certificate.issuer) && verifyByIdentifier(certificate.algorithm, issuer.key, certificate.signature, certificate.body);
}

/**
 * The path from a certificate to an anchor as of an instant: [certificate, issuer, …, anchor].
 * An anchor counts by being listed; its own validity and signature are whoever lists it's matter.
 */
export async function findPath(certificate, between, anchors, at) {
  const path = await extend([certificate], between, anchors, at);
  if (path === null) {
    throw new Refusal('certificate.path');
  }
  return path;
}

async function extend(path, between, anchors, at) {
  const last = path[path.length - 1];
  if (!inTime(last, at)) {
    throw new Refusal('certificate.time', iso(last.notBefore), iso(last.notAfter));
  }
  checkCritical(last);
  for (const anchor of anchors) {
    if (equal(anchor.octets, last.octets)) {
      return path;
    }
    if (mayHaveIssued(anchor, last, path) && (await signed(anchor, last))) {
      return permitted([...path, anchor]);
    }
  }
  if (path.length > MAX_BETWEEN) {
    return null;
  }
  for (const issuer of between) {
    const known = path.some((one) => equal(one.octets, issuer.octets));
    if (!known && inTime(issuer, at) && mayHaveIssued(issuer, last, path) && (await signed(issuer, last))) {
      const found = await extend([...path, issuer], between, anchors, at);
      if (found !== null) {
        return found;
      }
    }
  }
  return null;
}

function mayHaveIssued(issuer, certificate, path) {
  const { authority, below } = constraints(issuer);
  const use = usage(issuer);
  // Authorities between this one and the certificate at the path's beginning, those that issued themselves apart.
  const authorities = path.slice(1).filter((one) => !equal(one.subject, one.issuer)).length;
  return equal(issuer.subject, certificate.issuer) && authority && authorities <= below && (use === null || use.has(USAGE.keyCertSign));
}

function checkCritical(certificate) {
  for (const [identifier, extension] of certificate.extensions) {
    if (extension.critical && !UNDERSTOOD.has(identifier)) {
      throw new Refusal('certificate.critical', identifier);
    }
  }
}

/** Name constraints of every authority hold for all below it: directory names alone are understood. */
function permitted(path) {
  for (let place = path.length - 1; place > 0; place--) {
    const value = parsedExtension(path[place], OID.nameConstraints);
    if (value === undefined) {
      continue;
    }
    const allowed = subtrees(der.tagged(value.children, 0));
    const excluded = subtrees(der.tagged(value.children, 1)) ?? [];
    for (const below of path.slice(0, place)) {
      const parts = relativeNames(below.subject);
      if ((allowed !== null && !allowed.some((base) => startsWith(parts, base))) || excluded.some((base) => startsWith(parts, base))) {
        throw new Refusal('certificate.names');
      }
    }
  }
  return path;
}

function subtrees(holder) {
  if (holder === undefined) {
    return null;
  }
  return holder.children.map((subtree) => {
    const base = der.children(subtree)[0];
    if ((base.tag & 0x1f) !== DIRECTORY_NAME || (base.tag & 0xc0) !== 0x80) {
      throw new Unsupported('certificate.names');
    }
    return relativeNames(base.children[0].whole);
  });
}

function relativeNames(name) {
  return der.children(der.read(name)).map((relative) => hex(relative.whole));
}

function startsWith(parts, base) {
  return base.length <= parts.length && base.every((part, i) => part === parts[i]);
}

export function iso(millis) {
  return new Date(millis).toISOString();
}
