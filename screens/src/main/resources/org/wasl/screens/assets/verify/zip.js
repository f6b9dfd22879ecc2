// Zip files (PKWARE APPNOTE), read from the central directory, each field checked against the entry itself. Two readers:
// a container has one form only; a bundle may be compressed, and is bounded before anything is unpacked.
import { Refusal, equal, latin1, text } from './octets.js';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DESCRIPTOR = 0x08074b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const STORED = 0;
const DEFLATED = 8;
const DESCRIBED = 0x0008;
const UTF8_NAMES = 0x0800;
/** The extra field of a time that Java writes; it says nothing of the content. */
const TIME_FIELD = 0x5455;

const KIB = 1024;
const CONTAINER_LIMITS = { all: (10 * KIB + 64) * KIB, header: 16 * KIB, payload: 10 * KIB * KIB, signature: 32 * KIB, entries: 64 };
const BUNDLE_LIMITS = { all: 256 * KIB * KIB, entries: 8192 };
const BUNDLE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

const MIMETYPE = 'mimetype';
const MANIFEST = 'META-INF/manifest.xml';
const SIGNATURES = 'META-INF/signatures.xml';

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, octet) => {
  let value = octet;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return value;
});

export function crc32(octets) {
  let crc = 0xffffffff;
  for (const octet of octets) {
    crc = CRC_TABLE[(crc ^ octet) & 0xff] ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function view(octets) {
  return new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
}

/** The rows of the central directory, which must end exactly where the end record begins. */
function directory(octets, maxEntries) {
  const zip = view(octets);
  const end = octets.length - END_BYTES;
  if (end < 0 || zip.getUint32(0, true) !== LOCAL || zip.getUint32(end, true) !== END || zip.getUint32(end + 4, true) !== 0 || zip.getUint16(end + 20, true) !== 0) {
    throw new Refusal('zip.form');
  }
  const count = zip.getUint16(end + 10, true);
  const central = zip.getUint32(end + 16, true);
  if (zip.getUint16(end + 8, true) !== count || central + zip.getUint32(end + 12, true) !== end) {
    throw new Refusal('zip.form');
  }
  if (count > maxEntries) {
    throw new Refusal('zip.entries', count);
  }
  const rows = [];
  let at = central;
  for (let i = 0; i < count; i++) {
    const row = readRow(octets, zip, at, end);
    rows.push(row);
    at = row.next;
  }
  if (at !== end) {
    throw new Refusal('zip.form');
  }
  return { rows, central };
}

function readRow(octets, zip, at, end) {
  if (at + CENTRAL_BYTES > end || zip.getUint32(at, true) !== CENTRAL) {
    throw new Refusal('zip.form');
  }
  const nameLength = zip.getUint16(at + 28, true);
  const extraLength = zip.getUint16(at + 30, true);
  const comment = zip.getUint16(at + 32, true);
  const next = at + CENTRAL_BYTES + nameLength + extraLength + comment;
  if (next > end) {
    throw new Refusal('zip.form');
  }
  const nameEnd = at + CENTRAL_BYTES + nameLength;
  return {
    at,
    next,
    name: octets.subarray(at + CENTRAL_BYTES, nameEnd),
    extra: octets.subarray(nameEnd, nameEnd + extraLength),
    comment,
    version: zip.getUint16(at + 4, true),
    needed: zip.getUint16(at + 6, true),
    flags: zip.getUint16(at + 8, true),
    method: zip.getUint16(at + 10, true),
    time: zip.getUint16(at + 12, true),
    date: zip.getUint16(at + 14, true),
    crc: zip.getUint32(at + 16, true),
    packed: zip.getUint32(at + 20, true),
    size: zip.getUint32(at + 24, true),
    disk: zip.getUint16(at + 34, true),
    internal: zip.getUint16(at + 36, true),
    external: zip.getUint32(at + 38, true),
    offset: zip.getUint32(at + 42, true),
  };
}

/**
 * The five entries of a container, stored one after the other in their one order, every field with its one right value.
 * Whether an entry's CRC is right is told, not judged: the digests say more.
 */
export function readContainer(octets) {
  if (octets.length > CONTAINER_LIMITS.all) {
    throw new Refusal('zip.size', octets.length);
  }
  const { rows, central } = directory(octets, CONTAINER_LIMITS.entries);
  const names = rows.map((row) => latin1(row.name));
  checkNames(names);
  rows.forEach((row, i) => checkContainerRow(row, names[i]));
  return contents(octets, rows, names, central);
}

function checkNames(names) {
  if (new Set(names).size !== names.length) {
    throw new Refusal('zip.twice');
  }
  const payload = names.includes('payload.bin') && !names.includes('payload.xml') ? 'payload.bin' : 'payload.xml';
  const expected = [MIMETYPE, MANIFEST, 'header.xml', payload, SIGNATURES];
  const extra = names.find((name) => !expected.includes(name));
  if (extra !== undefined) {
    throw new Refusal('zip.extra', printable(extra));
  }
  const missing = expected.find((name) => !names.includes(name));
  if (missing !== undefined) {
    throw new Refusal('zip.missing', missing);
  }
  if (names.some((name, i) => name !== expected[i])) {
    throw new Refusal('zip.order');
  }
}

function checkContainerRow(row, name) {
  const limit = name.startsWith('payload.') ? CONTAINER_LIMITS.payload : name === SIGNATURES ? CONTAINER_LIMITS.signature : CONTAINER_LIMITS.header;
  if (row.size > limit) {
    throw new Refusal('zip.size', row.size);
  }
  if (row.method !== STORED) {
    throw new Refusal('zip.compressed', name);
  }
  const plain =
    row.version === 10 && row.needed === 10 && row.flags === 0 && row.time === 0 && row.date === 0x21 && row.extra.length === 0 &&
    row.comment === 0 && row.disk === 0 && row.internal === 0 && row.external === 0 && row.packed === row.size;
  if (!plain) {
    throw new Refusal('zip.fields', name);
  }
}

function contents(octets, rows, names, central) {
  const zip = view(octets);
  const entries = new Map();
  let at = 0;
  rows.forEach((row, i) => {
    const data = at + LOCAL_BYTES + row.name.length;
    const there = row.offset === at && data + row.size <= central && zip.getUint32(at, true) === LOCAL;
    // From the version needed to the length of the extra field both headers have the same layout.
    const same =
      there &&
      equal(octets.subarray(at + 4, at + LOCAL_BYTES), octets.subarray(row.at + 6, row.at + 6 + LOCAL_BYTES - 4)) &&
      equal(octets.subarray(at + LOCAL_BYTES, data), row.name);
    if (!same) {
      throw new Refusal('zip.fields', names[i]);
    }
    const content = octets.subarray(data, data + row.size);
    entries.set(names[i], { octets: content, whole: crc32(content) === row.crc });
    at = data + row.size;
  });
  if (at !== central) {
    throw new Refusal('zip.gap');
  }
  return entries;
}

/**
 * The files of an evidence bundle. Bounded in number and size before anything is unpacked; no entry twice, none outside
 * the folder, nothing between entries, and every size and checksum as it is said.
 */
export async function readBundle(octets) {
  if (octets.length > BUNDLE_LIMITS.all) {
    throw new Refusal('zip.size', octets.length);
  }
  const { rows, central } = directory(octets, BUNDLE_LIMITS.entries);
  if (rows.reduce((sum, row) => sum + row.size, 0) > BUNDLE_LIMITS.all) {
    throw new Refusal('zip.size', rows.reduce((sum, row) => sum + row.size, 0));
  }
  const files = new Map();
  let at = 0;
  for (const row of rows) {
    const name = text(row.name);
    if (!BUNDLE_NAME.test(name) || files.has(name)) {
      throw new Refusal(files.has(name) ? 'zip.twice' : 'zip.name', printable(name));
    }
    const entry = bundleEntry(octets, row, name, at, central);
    const content = row.method === STORED ? octets.subarray(entry.data, entry.end) : await inflate(octets.subarray(entry.data, entry.end), row.size, name);
    if (content.length !== row.size || crc32(content) !== row.crc) {
      throw new Refusal('zip.checksum', name);
    }
    files.set(name, content);
    at = entry.next;
  }
  if (at !== central) {
    throw new Refusal('zip.gap');
  }
  return files;
}

function bundleEntry(octets, row, name, at, central) {
  const zip = view(octets);
  if ((row.method !== STORED && row.method !== DEFLATED) || (row.flags & ~(DESCRIBED | UTF8_NAMES)) !== 0 || row.comment !== 0 || row.disk !== 0) {
    throw new Refusal('zip.fields', name);
  }
  const nameAt = at + LOCAL_BYTES;
  if (row.offset !== at || nameAt > central || zip.getUint32(at, true) !== LOCAL) {
    throw new Refusal('zip.fields', name);
  }
  const described = (row.flags & DESCRIBED) !== 0;
  const extraLength = zip.getUint16(at + 28, true);
  const data = nameAt + row.name.length + extraLength;
  const end = data + row.packed;
  const next = end + (described ? 16 : 0);
  const sizes = described ? [0, 0, 0] : [row.crc, row.packed, row.size];
  const same =
    next <= central &&
    zip.getUint16(at + 6, true) === row.flags &&
    zip.getUint16(at + 8, true) === row.method &&
    zip.getUint32(at + 14, true) === sizes[0] &&
    zip.getUint32(at + 18, true) === sizes[1] &&
    zip.getUint32(at + 22, true) === sizes[2] &&
    zip.getUint16(at + 26, true) === row.name.length &&
    equal(octets.subarray(nameAt, nameAt + row.name.length), row.name) &&
    onlyTimes(octets.subarray(data - extraLength, data)) &&
    onlyTimes(row.extra);
  if (!same || (described && !describes(zip, end, row))) {
    throw new Refusal('zip.fields', name);
  }
  return { data, end, next };
}

function describes(zip, at, row) {
  return zip.getUint32(at, true) === DESCRIPTOR && zip.getUint32(at + 4, true) === row.crc && zip.getUint32(at + 8, true) === row.packed && zip.getUint32(at + 12, true) === row.size;
}

function onlyTimes(extra) {
  const fields = view(extra);
  let at = 0;
  while (at + 4 <= extra.length) {
    if (fields.getUint16(at, true) !== TIME_FIELD) {
      return false;
    }
    at += 4 + fields.getUint16(at + 2, true);
  }
  return at === extra.length;
}

/** Unpacks at most so many octets: what says less than it holds is refused before it fills the memory. */
async function inflate(packed, size, name) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  const content = new Uint8Array(size);
  let at = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (at + part.value.length > size) {
        throw new Refusal('zip.checksum', name);
      }
      content.set(part.value, at);
      at += part.value.length;
    }
  } catch {
    await reader.cancel().catch(() => undefined);
    throw new Refusal('zip.checksum', name);
  }
  if (at !== size) {
    throw new Refusal('zip.checksum', name);
  }
  return content;
}

/** A foreign name is somebody else's text: short, and ASCII only. */
function printable(name) {
  return name.slice(0, 60).replace(/[^\x21-\x7e]/g, '?');
}
