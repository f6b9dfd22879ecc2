// CMS signatures (RFC 5652), as far as a registry's signature and time-stamp tokens (RFC 3161) need them: one signer.
import { Refusal, digest, equal, hex } from './octets.js';
import { keyIdentifiers, readCertificate } from './certificate.js';
import * as der from './der.js';
import { HASHES, verifyByIdentifier } from './keys.js';
import { readBasicResponse, readEvidence } from './status.js';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const DATA = '1.2.840.113549.1.7.1';
const TIME_STAMP = '1.2.840.113549.1.9.16.1.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const REVOCATION_VALUES = '1.2.840.113549.1.9.16.2.24';
const SHA256 = '2.16.840.1.101.3.4.2.1';
const ECDSA_SHA256 = '1.2.840.10045.4.3.2';
const MAX_TOKEN_OCTETS = 128 * 1024;

function readSigned(octets) {
  const [type, holder] = der.children(der.read(octets));
  if (der.oid(type) !== SIGNED_DATA || holder === undefined) {
    throw new Refusal('cms.form');
  }
  const fields = [...der.children(holder.children[0])];
  const [contentType, content] = der.children(fields[2]);
  const certificates = der.tagged(fields.slice(3), 0);
  const signers = der.children(fields[fields.length - 1], der.TAG.SET);
  if (signers.length !== 1) {
    throw new Refusal('cms.form');
  }
  return {
    contentType: der.oid(contentType),
    content: content === undefined ? null : der.expect(content.children[0], der.TAG.OCTETS).octets,
    certificates: certificates === undefined ? [] : certificates.children.filter((one) => one.tag === der.TAG.SEQUENCE).map((one) => one.whole),
    signer: readSigner(signers[0]),
  };
}

function readSigner(node) {
  const fields = [...der.children(node)];
  const [, identifier, hash] = fields;
  const attributes = der.tagged([fields[3]], 0);
  const rest = fields.slice(attributes === undefined ? 3 : 4);
  const byKey = der.tagged([identifier], 0);
  const byName = byKey === undefined ? der.children(identifier) : null;
  return {
    issuer: byName === null ? null : byName[0].whole,
    serial: byName === null ? null : der.integerHex(byName[1]),
    keyIdentifier: byKey === undefined ? null : hex(byKey.octets),
    hash: der.oid(der.children(hash)[0]),
    attributes: attributes === undefined ? null : readAttributes(attributes.children),
    // What is signed is the set, not the tag under which it stands.
    signedOctets: attributes === undefined ? null : Uint8Array.from(attributes.whole, (octet, at) => (at === 0 ? der.TAG.SET : octet)),
    algorithm: der.oid(der.children(rest[0])[0]),
    signature: der.expect(rest[1], der.TAG.OCTETS).octets,
    unsigned: rest[2] === undefined ? new Map() : readAttributes(rest[2].children),
  };
}

function readAttributes(nodes) {
  const attributes = new Map();
  for (const node of nodes) {
    const [type, values] = der.children(node);
    const identifier = der.oid(type);
    if (attributes.has(identifier)) {
      throw new Refusal('cms.form');
    }
    attributes.set(identifier, der.children(values, der.TAG.SET));
  }
  return attributes;
}

function single(attributes, identifier) {
  const values = attributes?.get(identifier);
  if (values === undefined || values.length !== 1) {
    throw new Refusal('cms.form');
  }
  return values[0];
}

function isNamed(signer, certificate) {
  return signer.keyIdentifier === null
    ? equal(signer.issuer, certificate.issuer) && signer.serial === certificate.serial
    : signer.keyIdentifier === keyIdentifiers(certificate).own;
}

/** That this certificate's key signed these octets, under the content type that the signature names. */
async function checkSigner(signer, certificate, contentType, content) {
  const hash = HASHES.get(signer.hash);
  if (hash === undefined || hash === 'SHA-1' || !isNamed(signer, certificate)) {
    throw new Refusal('cms.signer');
  }
  let octets = content;
  if (signer.attributes !== null) {
    const stated = der.expect(single(signer.attributes, MESSAGE_DIGEST), der.TAG.OCTETS).octets;
    if (der.oid(single(signer.attributes, CONTENT_TYPE)) !== contentType || !equal(stated, await digest(content, hash))) {
      throw new Refusal('cms.digest');
    }
    octets = signer.signedOctets;
  } else if (contentType !== DATA) {
    throw new Refusal('cms.form');
  }
  if (!(await verifyByIdentifier(signer.algorithm, certificate.key, signer.signature, octets, hash))) {
    throw new Refusal('cms.signature');
  }
}

/** That the authority signed the registry's octets; a certificate that came along counts for nothing. */
export async function checkRegistrySignature(octets, signature, authority) {
  const signed = readSigned(signature);
  if (signed.content !== null || signed.contentType !== DATA || signed.signer.hash !== SHA256 || signed.signer.algorithm !== ECDSA_SHA256) {
    throw new Refusal('cms.form');
  }
  await checkSigner(signed.signer, authority, DATA, octets);
}

/**
 * Reads and verifies a time-stamp token about these octets; whether its certificate is to be believed is for the caller.
 * Gives { at, certificate, evidence }: the instant in milliseconds, the authority's certificate, what came with it of status.
 */
export async function readTimeStamp(token, octets) {
  if (token.length > MAX_TOKEN_OCTETS) {
    throw new Refusal('cms.form');
  }
  const signed = readSigned(token);
  if (signed.contentType !== TIME_STAMP || signed.content === null || signed.signer.attributes === null) {
    throw new Refusal('cms.form');
  }
  const [, , imprint, , time] = der.children(der.read(signed.content));
  const [algorithm, hashed] = der.children(imprint);
  if (der.oid(der.children(algorithm)[0]) !== SHA256 || !equal(der.expect(hashed, der.TAG.OCTETS).octets, await digest(octets))) {
    throw new Refusal('stamp.other');
  }
  const certificate = signed.certificates.map((one) => readCertificate(one)).find((one) => isNamed(signed.signer, one));
  if (certificate === undefined) {
    throw new Refusal('cms.signer');
  }
  await checkNamedCertificate(signed.signer, certificate);
  await checkSigner(signed.signer, certificate, TIME_STAMP, signed.content);
  return { at: der.time(time), certificate, evidence: statusValues(signed.signer) };
}

/** RFC 5816: the signature itself says which certificate it is to be checked with. */
async function checkNamedCertificate(signer, certificate) {
  const first = der.children(der.children(single(signer.attributes, SIGNING_CERTIFICATE_V2))[0])[0];
  const fields = der.children(first);
  const named = fields[0].tag === der.TAG.SEQUENCE ? der.oid(der.children(fields.shift())[0]) : SHA256;
  const hash = HASHES.get(named);
  if (hash === undefined || hash === 'SHA-1' || !equal(der.expect(fields[0], der.TAG.OCTETS).octets, await digest(certificate.octets, hash))) {
    throw new Refusal('cms.signer');
  }
}

/** Lists and responses that the token carries, unsigned: each has its own signature. */
function statusValues(signer) {
  const values = signer.unsigned.get(REVOCATION_VALUES);
  if (values === undefined || values.length !== 1) {
    return [];
  }
  const parts = der.children(values[0]);
  const lists = der.tagged(parts, 0);
  const responses = der.tagged(parts, 1);
  return [
    ...(lists === undefined ? [] : der.children(lists.children[0]).map((list) => readEvidence('crl', list.whole))),
    ...(responses === undefined ? [] : der.children(responses.children[0]).map((one) => ({ kind: 'ocsp', response: readBasicResponse(one.whole) }))),
  ];
}
