// The checks of one message, in an order in which a later one means something only when the earlier ones hold.
import { Refusal } from './octets.js';
import { readCertificate } from './certificate.js';
import { checkDigests, checkSignature, open } from './container.js';
import { messagePath } from './trust.js';
import { pathStatus } from './status.js';

export function memberOf(subsystem) {
  return subsystem.split('/').slice(0, 3).join('/');
}

/** Opens a container and checks what needs nobody else: form, digests, the signature by the certificate that it carries. */
export async function checkMessage(report, file, octets) {
  const container = await report.check('message.form', file, () => open(octets));
  if (container === null) {
    return null;
  }
  const digests = await report.check('message.digests', file, () => checkDigests(container));
  const signature = await report.check('message.signature', file, () => checkSignature(container, readCertificate(container.signature.certificate)));
  return { container, genuine: digests !== null && signature !== null };
}

/** Whether the signer's certificate was the sender's at any of these instants, by this registry. */
export async function checkSigner(report, file, container, registry, instants) {
  const found = await report.check('message.certificate', file, () => firstPath(container, registry, instants));
  return found === null ? null : found;
}

async function firstPath(container, registry, instants) {
  let failure = new Refusal('certificate.path');
  for (const at of instants) {
    try {
      return { at, trust: await messagePath(container.signature.certificate, registry, memberOf(container.header.sender), at) };
    } catch (refusal) {
      failure = refusal;
    }
  }
  throw failure;
}

/** What the kept evidence says of the certificates' status at that time. */
export async function checkStatus(report, file, signer, evidence) {
  try {
    const outcome = await pathStatus(signer.trust, evidence, signer.at);
    if (outcome === 'good') {
      report.holds('message.status', file);
    } else {
      report.unknown('message.status', file, 'status.none');
    }
  } catch (failure) {
    report.failed('message.status', file, failure);
  }
}

/** Java's verdict of a container, by the same registry and instant: for comparing both verifiers. */
export async function isGenuine(octets, registry, at) {
  const container = await open(octets);
  const { certificate } = await messagePath(container.signature.certificate, registry, memberOf(container.header.sender), at);
  await checkDigests(container);
  await checkSignature(container, certificate);
  return container;
}
