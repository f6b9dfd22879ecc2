// The registry (urn:wasl:registry:1): whose certificates and keys count, for what, and from when to when. Its signature is
// checked apart; whoever reads an unsigned one knows nothing.
import { Refusal, base64, equal } from './octets.js';
import { attribute, elements, parse, textOf } from './xml.js';
import { readCertificate } from './certificate.js';
import * as der from './der.js';
import { publicKey } from './keys.js';

const NAMESPACE = 'urn:wasl:registry:1';
const BOUNDS = { octets: 64 * 1024 * 1024, nodes: 1_000_000 };

/** What of a registry is needed to judge evidence; times in milliseconds since 1970. */
export function readRegistry(octets) {
  const root = parse(octets, BOUNDS);
  if (root.namespace !== NAMESPACE || root.local !== 'registry') {
    throw new Refusal('registry.form');
  }
  const members = children(root, 'member');
  const evidence = children(root, 'evidence')[0];
  const witnessing = evidence === undefined ? undefined : children(evidence, 'witnessing')[0];
  return {
    instance: attribute(root, 'instance'),
    version: attribute(root, 'version'),
    issued: instant(root, 'issued'),
    anchors: authorities(root, 'certificateAuthority'),
    intermediates: authorities(root, 'intermediateAuthority'),
    certificates: members.flatMap((member) => children(member, 'certificate').map((element) => registered(member, element))),
    logs: members.flatMap((member) => noteKeys(member, 'CHECKPOINT')),
    witnesses: [...members.flatMap((member) => noteKeys(member, 'WITNESS')), ...(evidence === undefined ? [] : children(evidence, 'witness').map((one) => noteKey(one, null)))],
    quorum: witnessing === undefined ? 0 : Number(attribute(witnessing, 'quorum')),
  };
}

function children(element, local) {
  return elements(element).filter((child) => child.local === local && child.namespace === NAMESPACE);
}

function octetsOf(element) {
  return base64(textOf(element).replace(/[ \t\r\n]/g, ''));
}

function instant(element, name, fallback = NaN) {
  const value = attribute(element, name);
  const millis = value === undefined ? fallback : Date.parse(value);
  if (Number.isNaN(millis)) {
    throw new Refusal('registry.form');
  }
  return millis;
}

function authorities(root, local) {
  return children(root, local).map((element) => ({
    use: attribute(element, 'use'),
    ocsp: attribute(element, 'ocsp') !== undefined,
    lists: attribute(element, 'crl') !== undefined,
    certificate: readCertificate(octetsOf(element)),
  }));
}

function registered(member, element) {
  return {
    member: attribute(member, 'id'),
    use: attribute(element, 'use'),
    ...window(element),
    longestLife: lifeMillis(attribute(element, 'longestLife')),
    octets: octetsOf(element),
  };
}

function noteKeys(member, use) {
  return children(member, 'noteKey')
    .filter((element) => attribute(element, 'use') === use)
    .map((element) => noteKey(element, attribute(member, 'id')));
}

function noteKey(element, member) {
  const key = publicKey(der.read(octetsOf(element)));
  return { member, name: attribute(element, 'name'), key: key.octets, ...window(element) };
}

function window(element) {
  return { from: instant(element, 'validFrom'), to: instant(element, 'validTo'), compromised: instant(element, 'compromisedFrom', Infinity) };
}

/** A duration of days, hours, minutes and seconds. */
function lifeMillis(value) {
  const parts = value === undefined ? null : /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(value);
  if (parts === null) {
    return null;
  }
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

/** Why an entry does not count at this instant; null when it does. */
export function refusalAt(entry, at) {
  if (at >= entry.compromised) {
    return 'registry.compromised';
  }
  return at < entry.from || at >= entry.to ? 'registry.time' : null;
}

export function entriesOf(registry, octets) {
  return registry.certificates.filter((entry) => equal(entry.octets, octets));
}

/** Who operates the log of this origin: its own witness counts for nothing. */
export function operators(registry, origin) {
  return new Set(registry.logs.filter((log) => log.name === origin).map((log) => log.member));
}
