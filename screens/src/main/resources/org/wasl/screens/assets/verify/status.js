// Whether certificates were revoked: OCSP responses (RFC 6960) and revocation lists (RFC 5280) that were kept with the
// evidence, judged as of the instant at which they were relied on. Nobody is asked anything.
import { Refusal, digest, equal } from './octets.js';
import { OID, PURPOSE, USAGE, inTime, iso, purposes, readCertificate, signed, usage } from './certificate.js';
import * as der from './der.js';
import { HASHES, verifyByIdentifier } from './keys.js';

const BASIC = '1.3.6.1.5.5.7.48.1.1';
const NONCE = '1.3.6.1.5.5.7.48.1.2';
const CRL_NUMBER = '2.5.29.20';
const REASON = '2.5.29.21';
const REMOVED = 8;
const SKEW_MILLIS = 60_000;

/** The pieces of evidence, read once; what cannot be read is refused by its name. */
export function readEvidence(kind, octets) {
  return kind === 'ocsp' ? { kind, response: readResponse(octets) } : { kind, list: readList(octets) };
}

/**
 * The status of every certificate of a path but the anchor.
 * @returns 'good' when all that has to be shown is shown; 'none' when there is no evidence for some of it
 */
export async function pathStatus({ path, authorities }, evidence, at) {
  let outcome = 'good';
  for (let place = 0; place + 1 < path.length; place++) {
    const declared = authorities[place];
    if (path[place].extensions.has(OID.noRevocation) || (!declared.ocsp && !declared.lists)) {
      continue;
    }
    if (!(await isGood(path[place], path[place + 1], declared, evidence, at))) {
      outcome = 'none';
    }
  }
  return outcome;
}

/** Whether something at hand says that it was good; refuses when something says that it was revoked by then. */
async function isGood(certificate, issuer, declared, evidence, at) {
  const listed = await byLists(certificate, issuer, evidence, at);
  for (const { response } of evidence.filter((piece) => piece.kind === 'ocsp')) {
    const said = await byResponse(response, certificate, issuer, at);
    if (said !== null) {
      return said;
    }
  }
  return listed || (!declared.ocsp && !declared.lists);
}

async function byLists(certificate, issuer, evidence, at) {
  let good = false;
  for (const { list } of evidence.filter((piece) => piece.kind === 'crl')) {
    if (!equal(list.issuer, issuer.subject)) {
      continue;
    }
    const use = usage(issuer);
    if ((use !== null && !use.has(USAGE.cRLSign)) || list.critical || !(await verifyByIdentifier(list.algorithm, issuer.key, list.signature, list.body))) {
      throw new Refusal('status.signature');
    }
    const revoked = list.revoked.get(certificate.serial);
    if (revoked !== undefined && at >= revoked) {
      throw new Refusal('status.revoked', iso(revoked));
    }
    // A list that is newer than the use says of then what it says of now.
    good ||= list.nextUpdate !== null && at < list.nextUpdate;
  }
  return good;
}

/** What one response says of the certificate: true for good, null when it is about another or not of this time. */
async function byResponse(response, certificate, issuer, at) {
  const about = [];
  for (const single of response.singles) {
    if (single.serial === certificate.serial && (await names(single, issuer))) {
      about.push(single);
    }
  }
  if (about.length !== 1) {
    return null;
  }
  const responder = await checkResponder(response, issuer);
  const [single] = about;
  const timely = single.nextUpdate !== null && single.thisUpdate <= at + SKEW_MILLIS && at < single.nextUpdate && (responder === null || inTime(responder, at));
  if (!timely || single.critical || response.critical) {
    return null;
  }
  if (single.status === 'revoked' && at >= single.revoked) {
    throw new Refusal('status.revoked', iso(single.revoked));
  }
  if (single.status === 'unknown') {
    throw new Refusal('status.unknown');
  }
  return true;
}

async function names(single, issuer) {
  const hash = HASHES.get(single.hash);
  return hash !== undefined && equal(single.issuerName, await digest(issuer.subject, hash)) && equal(single.issuerKey, await digest(issuer.keyBits, hash));
}

/** Who signed it for the issuer: null when the issuer itself did, else the responder's certificate. */
async function checkResponder(response, issuer) {
  for (const signer of [issuer, ...response.certificates]) {
    const named = response.responderName === null ? equal(response.responderKey, await digest(signer.keyBits, 'SHA-1')) : equal(response.responderName, signer.subject);
    if (!named) {
      continue;
    }
    if (signer !== issuer) {
      await checkDelegation(signer, issuer);
    }
    if (!(await verifyByIdentifier(response.algorithm, signer.key, response.signature, response.body))) {
      throw new Refusal('status.signature');
    }
    return signer === issuer ? null : signer;
  }
  throw new Refusal('status.signature');
}

/** RFC 6960, 4.2.2.2: the very authority that issued the certificate gave the responder one for this. */
async function checkDelegation(signer, issuer) {
  const use = usage(signer);
  const delegated =
    (await signed(issuer, signer)) &&
    purposes(signer)?.includes(PURPOSE.ocspSigning) &&
    (use === null || use.has(USAGE.digitalSignature)) &&
    signer.extensions.has(OID.ocspNoCheck);
  if (!delegated) {
    throw new Refusal('status.signature');
  }
}

function readResponse(octets) {
  const [state, holder] = der.children(der.read(octets));
  if (der.expect(state, der.TAG.ENUMERATED).octets[0] !== 0 || holder === undefined) {
    throw new Refusal('status.form');
  }
  const [type, body] = der.children(holder.children[0]);
  if (der.oid(type) !== BASIC) {
    throw new Refusal('status.form');
  }
  return readBasicResponse(der.expect(body, der.TAG.OCTETS).octets);
}

/** A BasicOCSPResponse, as responses and time-stamp tokens carry one. */
export function readBasicResponse(octets) {
  const [body, algorithm, signature, certificates] = der.children(der.read(octets));
  const fields = [...der.children(body)];
  if (der.tagged(fields.slice(0, 1), 0) !== undefined) {
    fields.shift();
  }
  const [responder, , singles, extensions] = fields;
  const byName = der.tagged([responder], 1);
  const byKey = der.tagged([responder], 2);
  if (byName === undefined && byKey === undefined) {
    throw new Refusal('status.form');
  }
  return {
    body: body.whole,
    algorithm: der.oid(der.children(algorithm)[0]),
    signature: der.bits(signature),
    responderName: byName === undefined ? null : byName.children[0].whole,
    responderKey: byKey === undefined ? null : der.expect(byKey.children[0], der.TAG.OCTETS).octets,
    singles: der.children(singles).map(readSingle),
    critical: hasCritical(extensions?.children[0]),
    certificates: certificates === undefined ? [] : der.children(certificates.children[0]).map((one) => readCertificate(one.whole)),
  };
}

function readSingle(node) {
  const [id, state, thisUpdate, ...rest] = der.children(node);
  const [hash, issuerName, issuerKey, serial] = der.children(id);
  const next = der.tagged(rest, 0);
  const status = ['good', 'revoked', 'unknown'][state.tag & 0x1f];
  if ((state.tag & 0xc0) !== 0x80 || status === undefined) {
    throw new Refusal('status.form');
  }
  return {
    hash: der.oid(der.children(hash)[0]),
    issuerName: issuerName.octets,
    issuerKey: issuerKey.octets,
    serial: der.integerHex(serial),
    status,
    revoked: status === 'revoked' ? der.time(state.children[0]) : null,
    thisUpdate: der.time(thisUpdate),
    nextUpdate: next === undefined ? null : der.time(next.children[0]),
    critical: hasCritical(der.tagged(rest, 1)?.children[0]),
  };
}

/** Whether there is a critical extension that is not understood: a nonce is understood, and is for whoever asked. */
function hasCritical(list) {
  return list !== undefined && der.children(list).some((extension) => {
    const parts = der.children(extension);
    return parts.length === 3 && der.boolean(parts[1]) && der.oid(parts[0]) !== NONCE;
  });
}

function readList(octets) {
  const [body, algorithm, signature] = der.children(der.read(octets));
  const fields = [...der.children(body)];
  if (fields[0].tag === der.TAG.INTEGER) {
    fields.shift();
  }
  const [, issuer, thisUpdate, ...rest] = fields;
  const next = rest[0]?.tag === der.TAG.UTC || rest[0]?.tag === der.TAG.GENERALIZED ? rest.shift() : null;
  const entries = rest[0]?.tag === der.TAG.SEQUENCE ? der.children(rest.shift()) : [];
  const extensions = der.tagged(rest, 0);
  return {
    body: body.whole,
    algorithm: der.oid(der.children(algorithm)[0]),
    signature: der.bits(signature),
    issuer: issuer.whole,
    thisUpdate: der.time(thisUpdate),
    nextUpdate: next === null ? null : der.time(next),
    revoked: new Map(entries.map(readEntry).filter((entry) => entry !== null)),
    // Lists of some certificates only, and those that add to another, are not understood here.
    critical: extensions !== undefined && der.children(extensions.children[0]).some((extension) => {
      const parts = der.children(extension);
      return parts.length === 3 && der.boolean(parts[1]) && der.oid(parts[0]) !== CRL_NUMBER;
    }),
  };
}

function readEntry(entry) {
  const [serial, when, extensions] = der.children(entry);
  for (const extension of extensions === undefined ? [] : der.children(extensions)) {
    const parts = der.children(extension);
    if (der.oid(parts[0]) === REASON && der.read(parts[parts.length - 1].octets).octets[0] === REMOVED) {
      return null;
    }
  }
  return [der.integerHex(serial), der.time(when)];
}
