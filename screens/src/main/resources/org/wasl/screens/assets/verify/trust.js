// Whether a certificate speaks for a member, as of an instant and by one version of the registry: it is registered for
// that, its key may do it, a path leads to it from an authority of the registry, and what is known of its status is good.
import { Refusal, equal } from './octets.js';
import {
  OID, PURPOSE, USAGE, constraints, findPath, inTime, iso, keyIdentifiers, nameParts, purposes, readCertificate, signed, usage,
} from './certificate.js';
import { entriesOf, refusalAt } from './registry.js';

const SHORT_MAX_OCTETS = 4096;
const MAY_BE_CRITICAL = new Set([OID.keyUsage, OID.purposes, OID.basicConstraints]);

/**
 * The path from a message's certificate to an authority of the registry.
 * Gives { certificate, path, authorities }: `authorities[i]` is the registry's entry of the issuer of `path[i]`.
 */
export async function messagePath(octets, registry, member, at) {
  const entries = entriesOf(registry, octets);
  const certificate = entries.length > 0 ? readCertificate(octets) : shortTerm(octets, registry);
  if (entries.length === 0) {
    return issuedPath(certificate, registry, member, at);
  }
  checkBinding(entries, member, 'MESSAGE', at);
  checkMessageUse(certificate);
  return trusted(certificate, registry, 'MESSAGE', at);
}

function shortTerm(octets, registry) {
  const mayIssue = registry.certificates.some((entry) => entry.use === 'MESSAGE_ISSUER');
  if (!mayIssue || octets.length > SHORT_MAX_OCTETS) {
    throw new Refusal('certificate.unknown');
  }
  return readCertificate(octets);
}

function checkBinding(entries, member, use, at) {
  const own = entries.filter((entry) => entry.member === member);
  if (own.length === 0) {
    throw new Refusal('certificate.member', entries[0].member);
  }
  const entry = own.find((one) => one.use === use);
  if (entry === undefined) {
    throw new Refusal('certificate.usage');
  }
  const refused = refusalAt(entry, at);
  if (refused !== null) {
    throw new Refusal(refused);
  }
}

function checkMessageUse(certificate) {
  const use = usage(certificate);
  const forWhat = purposes(certificate);
  const signs = use !== null && use.has(USAGE.digitalSignature) && !constraints(certificate).authority;
  if (!signs || (forWhat !== null && !forWhat.includes(PURPOSE.any) && !forWhat.includes(PURPOSE.documents))) {
    throw new Refusal('certificate.usage');
  }
}

/** The path to a time-stamping authority's certificate. */
export async function timeStampPath(certificate, registry, at) {
  const use = usage(certificate);
  const forWhat = purposes(certificate);
  const stamps = forWhat !== null && forWhat.length === 1 && forWhat[0] === PURPOSE.timeStamping && certificate.extensions.get(OID.purposes).critical;
  if (!stamps || use === null || !use.has(USAGE.digitalSignature) || constraints(certificate).authority) {
    throw new Refusal('certificate.usage');
  }
  return trusted(certificate, registry, 'TIMESTAMP', at);
}

async function trusted(certificate, registry, use, at, more = []) {
  const anchors = registry.anchors.filter((entry) => entry.use === use);
  const between = registry.intermediates.filter((entry) => entry.use === use);
  if (!inTime(certificate, at)) {
    throw new Refusal('certificate.time', iso(certificate.notBefore), iso(certificate.notAfter));
  }
  const path = await findPath(certificate, [...more, ...between.map((entry) => entry.certificate)], anchors.map((entry) => entry.certificate), at);
  const known = [...anchors, ...between];
  const authorities = path.slice(1).map((issuer) => known.find((entry) => equal(entry.certificate.octets, issuer.octets)) ?? { ocsp: false, lists: false });
  if (path.slice(1).some((authority) => !authority.key.accepted)) {
    throw new Refusal('certificate.path');
  }
  return { certificate, path, authorities };
}

/** A certificate that a member's own registered key issued for hours. */
async function issuedPath(certificate, registry, member, at) {
  const named = keyIdentifiers(certificate).above;
  const candidates = registry.certificates
    .filter((entry) => entry.use === 'MESSAGE_ISSUER')
    .map((entry) => ({ entry, issuer: readCertificate(entry.octets) }))
    .filter(({ issuer }) => equal(issuer.subject, certificate.issuer) && named !== null && keyIdentifiers(issuer).own === named);
  if (candidates.length === 0) {
    throw new Refusal('certificate.unknown');
  }
  const { entry, issuer } = candidates[0];
  checkBinding(entriesOf(registry, entry.octets), member, 'MESSAGE_ISSUER', at);
  checkIssuer(issuer);
  const above = await trusted(issuer, registry, 'MESSAGE_ISSUER', at);
  checkShortTerm(certificate, entry);
  if (!inTime(certificate, at)) {
    throw new Refusal('certificate.time', iso(certificate.notBefore), iso(certificate.notAfter));
  }
  if (!(await signed(issuer, certificate))) {
    throw new Refusal('certificate.path');
  }
  const whole = await trusted(certificate, registry, 'MESSAGE_ISSUER', at, [issuer]);
  if (!equal(whole.path[1].octets, issuer.octets)) {
    throw new Refusal('certificate.path');
  }
  // Of the short-term certificate itself nobody gives status: its shortness stands for it.
  return { certificate, path: [certificate, ...above.path], authorities: [{ ocsp: false, lists: false }, ...above.authorities] };
}

function isOnly(set, wanted) {
  return set !== null && set.size === 1 && set.has(wanted);
}

function checkIssuer(issuer) {
  const forWhat = purposes(issuer);
  const { authority, below } = constraints(issuer);
  if (!authority || below !== 0 || !isOnly(usage(issuer), USAGE.keyCertSign) || forWhat?.length !== 1 || forWhat[0] !== PURPOSE.documents) {
    throw new Refusal('certificate.usage');
  }
}

function checkShortTerm(certificate, entry) {
  const life = certificate.notAfter - certificate.notBefore;
  const organisations = nameParts(certificate, OID.organisation);
  const forWhat = purposes(certificate);
  const critical = [...certificate.extensions].filter(([, extension]) => extension.critical).map(([identifier]) => identifier);
  const right =
    entry.longestLife !== null && life >= 0 && life <= entry.longestLife &&
    certificate.key.kind === 'EC' && certificate.key.accepted &&
    organisations.length === 1 && organisations[0] === entry.member &&
    !constraints(certificate).authority &&
    isOnly(usage(certificate), USAGE.digitalSignature) && critical.includes(OID.keyUsage) &&
    forWhat?.length === 1 && forWhat[0] === PURPOSE.documents && critical.includes(OID.purposes) &&
    critical.every((identifier) => MAY_BE_CRITICAL.has(identifier)) &&
    (certificate.extensions.has(OID.noRevocation) || certificate.extensions.has(OID.validityAssured)) &&
    !certificate.extensions.has(OID.listPoints) && !certificate.extensions.has(OID.freshestList);
  if (!right) {
    throw new Refusal('certificate.usage');
  }
}
