// The checks of one container that comes alone: its own, and its certificate by what this site states.
import { Refusal } from './octets.js';
import { checkMessage, memberOf } from './message.js';
import { messagePath } from './trust.js';
import { Report } from './report.js';
import { checkAnchor } from './bundle.js';

/**
 * Checks a container.
 * @param trust { pinned: fingerprint that the reader typed or null, site: what this site states of whom to trust, or null }
 */
export async function checkContainer(octets, name, trust) {
  const report = new Report();
  const message = await checkMessage(report, name, octets);
  if (message === null) {
    return { report, header: null };
  }
  const { container } = message;
  await checkCertificate(report, name, container, trust);
  report.unknown('message.status', name, 'status.alone');
  report.unknown('leaf.included', name, 'leaf.alone');
  return { report, header: container.header };
}

async function checkCertificate(report, name, container, { pinned, site }) {
  if (site === null) {
    report.unknown('message.certificate', name, 'anchor.none');
    return;
  }
  const { header, signature } = container;
  try {
    await messagePath(signature.certificate, site.registry, memberOf(header.sender), Date.parse(header.issued));
    report.holds('message.certificate', name, 'certificate.site');
    if (pinned === null) {
      report.holds('anchor', name, 'anchor.stated');
    } else {
      checkAnchor(report, name, site.authority, { pinned, site });
    }
  } catch (failure) {
    const current = header.registry === null || header.registry.version === site.registry.version;
    if (failure instanceof Refusal && !current && failure.code === 'certificate.unknown') {
      // Certificates come and go with the registry's versions; this site states those of now.
      report.unknown('message.certificate', name, 'certificate.earlier', header.registry.version, site.registry.version);
    } else {
      report.failed('message.certificate', name, failure);
    }
  }
}
