// Merkle trees of logs: RFC 6962, with the checks of RFC 9162, sections 2.1.3.2 and 2.1.4.2. Sizes and indices are BigInt.
import { concat, digest, equal } from './octets.js';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const HASH_BYTES = 32;

export function leafHash(leaf) {
  return digest(concat(LEAF, leaf));
}

export function nodeHash(left, right) {
  return digest(concat(NODE, left, right));
}

/** Whether the leaf of this hash stands at this index of the tree of this size and root. */
export async function isIncluded(index, size, hash, path, root) {
  if (index < 0n || index >= size || hash.length !== HASH_BYTES) {
    return false;
  }
  let node = index;
  let last = size - 1n;
  let computed = hash;
  for (const sibling of path) {
    if (last === 0n || sibling.length !== HASH_BYTES) {
      return false;
    }
    if ((node & 1n) === 1n || node === last) {
      computed = await nodeHash(sibling, computed);
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      computed = await nodeHash(computed, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && equal(computed, root);
}

/** Whether the tree of the second size only adds to the tree of the first. From an empty tree nothing can be shown. */
export async function isConsistent(first, second, path, firstRoot, secondRoot) {
  if (first <= 0n || second < first || path.some((hash) => hash.length !== HASH_BYTES)) {
    return false;
  }
  if (first === second) {
    return path.length === 0 && equal(firstRoot, secondRoot);
  }
  const whole = (first & (first - 1n)) === 0n;
  const hashes = whole ? [firstRoot, ...path] : path;
  if (hashes.length === 0) {
    return false;
  }
  let node = first - 1n;
  let last = second - 1n;
  while ((node & 1n) === 1n) {
    node >>= 1n;
    last >>= 1n;
  }
  let before = hashes[0];
  let after = hashes[0];
  for (const hash of hashes.slice(1)) {
    if (last === 0n) {
      return false;
    }
    if ((node & 1n) === 1n || node === last) {
      before = await nodeHash(hash, before);
      after = await nodeHash(hash, after);
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      after = await nodeHash(after, hash);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && equal(before, firstRoot) && equal(after, secondRoot);
}
