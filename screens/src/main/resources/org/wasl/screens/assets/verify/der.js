// DER (ITU-T X.690): definite lengths in their shortest form, every octet read, at a bounded depth.
import { Refusal, hex, number, text } from './octets.js';

const MAX_DEPTH = 32;
const MAX_NODES = 200_000;

export const TAG = { BOOLEAN: 0x01, INTEGER: 0x02, BITS: 0x03, OCTETS: 0x04, NULL: 0x05, OID: 0x06, ENUMERATED: 0x0a, UTC: 0x17, GENERALIZED: 0x18, SEQUENCE: 0x30, SET: 0x31 };

/** The one value that these octets are; trailing octets would be nobody's. */
export function read(octets) {
  const reader = new Reader(octets);
  const value = reader.value(0, octets.length, 0);
  if (value.end !== octets.length) {
    throw new Refusal('der');
  }
  return value;
}

class Reader {
  constructor(octets) {
    this.octets = octets;
    this.nodes = 0;
  }

  /** The value at this place: { tag, octets (the content), whole (with tag and length), children of what is constructed }. */
  value(at, limit, depth) {
    this.nodes++;
    if (at + 2 > limit || depth > MAX_DEPTH || this.nodes > MAX_NODES) {
      throw new Refusal('der');
    }
    const tag = this.octets[at];
    if ((tag & 0x1f) === 0x1f) {
      throw new Refusal('der');
    }
    const [length, from] = this.length(at + 1, limit);
    const end = from + length;
    if (end > limit) {
      throw new Refusal('der');
    }
    const node = { tag, octets: this.octets.subarray(from, end), whole: this.octets.subarray(at, end), end, children: null };
    if ((tag & 0x20) !== 0) {
      node.children = [];
      for (let next = from; next < end; ) {
        const child = this.value(next, end, depth + 1);
        node.children.push(child);
        next = child.end;
      }
    }
    return node;
  }

  length(at, limit) {
    const first = this.octets[at];
    if (first < 0x80) {
      return [first, at + 1];
    }
    const count = first & 0x7f;
    if (count === 0 || count > 4 || at + 1 + count > limit || this.octets[at + 1] === 0) {
      throw new Refusal('der');
    }
    const length = Number(number(this.octets.subarray(at + 1, at + 1 + count)));
    if (length < 0x80) {
      throw new Refusal('der');
    }
    return [length, at + 1 + count];
  }
}

export function expect(node, tag) {
  if (node === undefined || node.tag !== tag) {
    throw new Refusal('der');
  }
  return node;
}

/** The children of a sequence or set, or of what is tagged with a context number. */
export function children(node, tag = TAG.SEQUENCE) {
  return expect(node, tag).children;
}

/** What is tagged with this context number among the nodes; undefined when nothing is. */
export function tagged(nodes, contextNumber) {
  return nodes.find((node) => (node.tag & 0xc0) === 0x80 && (node.tag & 0x1f) === contextNumber);
}

export function oid(node) {
  const octets = expect(node, TAG.OID).octets;
  const arcs = [];
  let arc = 0;
  let begun = false;
  for (const octet of octets) {
    if (!begun && octet === 0x80) {
      throw new Refusal('der');
    }
    begun = (octet & 0x80) !== 0;
    arc = arc * 128 + (octet & 0x7f);
    if (!begun) {
      arcs.push(arc);
      arc = 0;
    }
  }
  if (begun || arcs.length === 0) {
    throw new Refusal('der');
  }
  const first = Math.min(2, Math.floor(arcs[0] / 40));
  return [first, arcs[0] - 40 * first, ...arcs.slice(1)].join('.');
}

/** An integer in its one form, as hexadecimal digits of its octets. */
export function integerHex(node) {
  return hex(integerOctets(node));
}

function integerOctets(node) {
  const octets = expect(node, TAG.INTEGER).octets;
  const padded = octets.length > 1 && ((octets[0] === 0 && octets[1] < 0x80) || (octets[0] === 0xff && octets[1] >= 0x80));
  if (octets.length === 0 || padded) {
    throw new Refusal('der');
  }
  return octets;
}

/** An integer that is not negative. */
export function unsigned(node) {
  const octets = integerOctets(node);
  if (octets[0] >= 0x80) {
    throw new Refusal('der');
  }
  return number(octets);
}

export function boolean(node) {
  const octets = expect(node, TAG.BOOLEAN).octets;
  if (octets.length !== 1 || (octets[0] !== 0 && octets[0] !== 0xff)) {
    throw new Refusal('der');
  }
  return octets[0] === 0xff;
}

/** The octets of a string of bits that fills its octets. */
export function bits(node) {
  const octets = expect(node, TAG.BITS).octets;
  if (octets.length === 0 || octets[0] !== 0) {
    throw new Refusal('der');
  }
  return octets.subarray(1);
}

/** Which bits are set of a list of named bits. */
export function namedBits(node) {
  const octets = expect(node, TAG.BITS).octets;
  const set = new Set();
  for (let i = 1; i < octets.length; i++) {
    for (let bit = 0; bit < 8; bit++) {
      if ((octets[i] & (0x80 >> bit)) !== 0) {
        set.add((i - 1) * 8 + bit);
      }
    }
  }
  return set;
}

/** A time as milliseconds since 1970: UTCTime or GeneralizedTime, in UTC, fractions of seconds allowed in the latter. */
export function time(node) {
  const written = text(node.octets);
  const pattern = node.tag === TAG.UTC ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/;
  const parts = node.tag === TAG.UTC || node.tag === TAG.GENERALIZED ? pattern.exec(written) : null;
  if (parts === null) {
    throw new Refusal('der');
  }
  const short = Number(parts[1]);
  const year = node.tag === TAG.UTC ? short + (short < 50 ? 2000 : 1900) : short;
  const fraction = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3));
  const millis = Date.UTC(year, Number(parts[2]) - 1, Number(parts[3]), Number(parts[4]), Number(parts[5]), Number(parts[6]), fraction);
  if (new Date(millis).getUTCDate() !== Number(parts[3])) {
    throw new Refusal('der');
  }
  return millis;
}
