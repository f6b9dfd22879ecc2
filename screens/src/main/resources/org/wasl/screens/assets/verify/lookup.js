// The checks of what the node answers about a verification code: that the log's leaf is about this very code, says what
// the node says, and stands in a tree that the log and its witnesses signed.
import { Refusal, base64, utf8 } from './octets.js';
import { readCode } from './code.js';
import { readLeaf } from './leaf.js';
import { checkInclusion, checkKept, checkLog, checkWitnesses, readSignedCheckpoint } from './log.js';
import { readProof } from './note.js';
import { memberOf } from './message.js';
import { Report } from './report.js';

/**
 * Checks an answer.
 * @param answer what GET /verification/CODE said
 * @param site what this site states of whom to trust, or null
 * @param kept a checkpoint from an earlier visit, or null
 */
export async function checkLookup(answer, site, kept = null) {
  const report = new Report();
  const leafOctets = base64(answer.leaf);
  const leaf = await report.check('lookup.leaf', null, () => {
    const read = readLeaf(leafOctets);
    checkSays(read, answer);
    return read;
  });
  if (leaf !== null) {
    await checkProof(report, { leaf, leafOctets }, answer, site, kept);
  }
  report.unknown('lookup.statement', null, 'lookup.statement');
  return report;
}

function checkSays(leaf, answer) {
  const said = {
    inReplyTo: readCode(answer.code),
    kind: answer.kind,
    service: answer.service,
    messageId: answer.replyId,
  };
  for (const [name, value] of Object.entries(said)) {
    if (leaf[name] !== value) {
      throw new Refusal('leaf.says', name);
    }
  }
  if (memberOf(leaf.sender ?? '') !== answer.member) {
    throw new Refusal('leaf.says', 'sender');
  }
  if (leaf.at !== Date.parse(answer.loggedAt)) {
    throw new Refusal('leaf.says', 'at');
  }
}

async function checkProof(report, { leaf, leafOctets }, answer, site, kept) {
  if (answer.proof === null) {
    report.unknown('leaf.included', null, 'log.uncovered');
    return;
  }
  const read = await report.check('lookup.proof', null, () => {
    const proof = readProof(utf8(answer.proof));
    return { proof, signed: readSignedCheckpoint(proof.noteOctets) };
  });
  if (read === null) {
    return;
  }
  await checkInclusion(report, null, leafOctets, leaf.index, read.proof);
  if (site === null) {
    report.unknown('log.signature', null, 'anchor.none');
    return;
  }
  report.holds('anchor', null, 'anchor.stated');
  await checkLog(report, null, read.signed, site.registry);
  await checkWitnesses(report, null, read.signed, site.registry);
  if (kept !== null) {
    try {
      await checkKept(report, null, readSignedCheckpoint(kept), read.signed, site.registry);
    } catch (failure) {
      report.failed('log.kept', null, failure);
    }
  }
}
