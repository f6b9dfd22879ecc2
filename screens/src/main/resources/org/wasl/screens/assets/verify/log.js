// The checks of a log's word: who signed a checkpoint, who cosigned it, and that leaves stand in its tree.
import { Refusal, concat, equal, hex } from './octets.js';
import { isConsistent, isIncluded, leafHash } from './merkle.js';
import { cosignedAt, countBy, isSignedBy, readCheckpoint, readNote, verifierKey } from './note.js';
import { operators } from './registry.js';
import { iso } from './certificate.js';

/** Reads a note that is a checkpoint. */
export function readSignedCheckpoint(octets) {
  const note = readNote(octets);
  return { octets, note, checkpoint: readCheckpoint(note.text) };
}

/** That the log signed it with a key that the registry lists for this origin. */
export async function checkLog(report, file, { note, checkpoint }, registry) {
  await report.check('log.signature', file, async () => {
    for (const listed of registry.logs.filter((one) => one.name === checkpoint.origin)) {
      if (await isSignedBy(note, await verifierKey(listed.name, false, listed.key))) {
        return true;
      }
    }
    throw new Refusal('log.signature', checkpoint.origin);
  });
}

/** That as many registered witnesses as the registry asks for cosigned it: several keys of one party are one witness. */
export async function checkWitnesses(report, file, { note, checkpoint }, registry) {
  try {
    const own = operators(registry, checkpoint.origin);
    const parties = new Map();
    for (const witness of registry.witnesses.filter((one) => one.member === null || !own.has(one.member))) {
      const key = await verifierKey(witness.name, true, witness.key);
      const times = await cosignedAt(note, key);
      if (times.length < countBy(note, key)) {
        throw new Refusal('log.cosignature', witness.name);
      }
      const counted = times.filter((at) => at >= witness.from && at < Math.min(witness.to, witness.compromised));
      if (counted.length > 0) {
        parties.set(witness.member ?? witness.name, iso(Math.min(...counted)));
      }
    }
    const names = [...parties].map(([party, at]) => `${party} ${at}`).join(', ');
    if (registry.quorum === 0 || parties.size < registry.quorum) {
      report.unknown('log.witnesses', file, 'log.quorum', parties.size, registry.quorum);
    } else {
      report.holds('log.witnesses', file, 'log.cosigned', parties.size, registry.quorum, names);
    }
  } catch (failure) {
    report.failed('log.witnesses', file, failure);
  }
}

/** That a leaf stands in the tree of the checkpoint. */
export async function checkInclusion(report, file, leafOctets, index, proof) {
  await report.check('leaf.included', file, async () => {
    if (proof.index !== index || !(await isIncluded(index, proof.checkpoint.size, await leafHash(leafOctets), proof.path, proof.checkpoint.root))) {
      throw new Refusal('leaf.included');
    }
  });
}

/** What a checkpoint kept from an earlier visit says of this one. `proof`: hashes from one size to the other, if there are any. */
export async function checkKept(report, file, kept, current, registry, proof = null) {
  if (kept.checkpoint.origin !== current.checkpoint.origin) {
    report.unknown('log.kept', file, 'kept.origin', kept.checkpoint.origin, current.checkpoint.origin);
    return;
  }
  const signed = new Set();
  for (const listed of registry.logs.filter((one) => one.name === kept.checkpoint.origin)) {
    signed.add(await isSignedBy(kept.note, await verifierKey(listed.name, false, listed.key)));
  }
  if (!signed.has(true)) {
    report.fails('log.kept', file, 'log.signature', kept.checkpoint.origin);
    return;
  }
  const [older, newer] = kept.checkpoint.size <= current.checkpoint.size ? [kept.checkpoint, current.checkpoint] : [current.checkpoint, kept.checkpoint];
  if (older.size === newer.size) {
    await report.check('log.kept', file, async () => {
      if (!equal(older.root, newer.root)) {
        throw new Refusal('kept.forked', older.size);
      }
    });
  } else if (proof === null) {
    report.unknown('log.kept', file, 'kept.between', older.size, newer.size);
  } else if (await isConsistent(older.size, newer.size, proof, older.root, newer.root)) {
    report.holds('log.kept', file);
  } else {
    report.fails('log.kept', file, 'kept.forked', older.size);
  }
}

/** The PEM's octets of an Ed25519 key (RFC 8410): a fixed beginning, and the key. */
export function ed25519Spki(key) {
  return concat(Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00), key);
}

export function sameLogKey(one, other) {
  return one.name === other.name && hex(one.key.octets) === hex(other.key);
}
