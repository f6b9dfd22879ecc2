// What this site states of whom to trust, as the node publishes it (GET /verification/anchors): in the same shape as a
// registry that was read. It is the site's word: whoever needs more compares fingerprints by another way.
import { base64 } from './octets.js';
import { readCertificate } from './certificate.js';

/** Reads what the page carries; null when the site states nothing. */
export function readSite(stated) {
  if (stated === null) {
    return null;
  }
  const authorities = (list) => list.map((one) => ({ use: one.use, ocsp: one.ocsp, lists: one.lists, certificate: readCertificate(base64(one.certificate)) }));
  const window = (one) => ({ from: Date.parse(one.validFrom), to: Date.parse(one.validTo), compromised: one.compromisedFrom ? Date.parse(one.compromisedFrom) : Infinity });
  const noteKey = (one) => ({ member: one.member ?? null, name: one.name, key: base64(one.key), ...window(one) });
  return {
    authority: stated.authority,
    registry: {
      instance: stated.instance,
      version: String(stated.version),
      anchors: authorities(stated.anchors),
      intermediates: authorities(stated.intermediates),
      certificates: stated.certificates.map((one) => ({ member: one.member, use: one.use, ...window(one), longestLife: one.longestLifeMillis ?? null, octets: base64(one.certificate) })),
      logs: stated.logs.map(noteKey),
      witnesses: stated.witnesses.map(noteKey),
      quorum: stated.quorum,
    },
  };
}
