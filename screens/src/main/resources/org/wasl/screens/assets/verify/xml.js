// XML 1.0 with namespaces, as far as signed messages need it. Refused: every DOCTYPE and with it every entity of one's
// own, comments and processing instructions, any encoding but UTF-8, and documents beyond the bounds.
import { Refusal, text } from './octets.js';

const LIMITS = { octets: 10 * 1024 * 1024, nodes: 20_000, depth: 64, attributes: 64, name: 256, text: 4 * 1024 * 1024 };
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';
const NAMED = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const NAME_START = ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const NAME = new RegExp(`[${NAME_START}][${NAME_START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*`, 'uy');
// eslint-disable-next-line no-control-regex
const FORBIDDEN_CHARACTER = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const DECLARATION = /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/;

/**
 * Parses a document; gives its root element: { prefix, local, namespace, attributes, declarations, scope, children, parent },
 * children being elements and texts, one text between two tags.
 */
export function parse(octets, limits = {}) {
  const bounds = { ...LIMITS, ...limits };
  if (octets.length === 0 || octets.length > bounds.octets) {
    throw new Refusal('xml.size', octets.length);
  }
  return new Parser(text(octets), bounds).document();
}

class Parser {
  constructor(source, limits) {
    // Line ends are one line feed each, before anything else is looked at.
    this.source = (source.startsWith('\uFEFF') ? source.slice(1) : source).replace(/\r\n?/g, '\n');
    this.limits = limits;
    this.at = 0;
    this.nodes = 0;
    if (FORBIDDEN_CHARACTER.test(this.source)) {
      throw new Refusal('xml.form');
    }
  }

  document() {
    const declaration = DECLARATION.exec(this.source);
    if (declaration !== null) {
      const encoding = declaration[1] ?? declaration[2];
      if (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8') {
        throw new Refusal('encoding');
      }
      this.at = declaration[0].length;
    }
    this.blanks();
    const root = this.tree();
    this.blanks();
    if (this.at !== this.source.length) {
      this.refuse();
    }
    return root;
  }

  /** What stands here cannot stand here; says which of the forbidden things it is. */
  refuse() {
    const here = this.source.slice(this.at, this.at + 9);
    if (here.startsWith('<!DOCTYPE')) {
      throw new Refusal('xml.doctype');
    }
    throw new Refusal(here.startsWith('<!--') || here.startsWith('<?') ? 'xml.comment' : 'xml.form');
  }

  blanks() {
    while (' \t\n'.includes(this.source[this.at] ?? 'x')) {
      this.at++;
    }
  }

  /** Without recursion: the depth is the document's choice. */
  tree() {
    let { element, empty } = this.startTag(null);
    const root = element;
    let open = empty ? null : element;
    while (open !== null) {
      this.characters(open);
      if (this.source.startsWith('</', this.at)) {
        this.endTag(open);
        open = open.parent;
      } else if (this.source[this.at] === '<') {
        ({ element, empty } = this.startTag(open));
        open.children.push(element);
        open = empty ? open : element;
      } else {
        this.refuse();
      }
    }
    return root;
  }

  name() {
    NAME.lastIndex = this.at;
    const found = NAME.exec(this.source);
    if (found === null) {
      this.refuse();
    }
    if (found[0].length > this.limits.name) {
      throw new Refusal('xml.size', found[0].length);
    }
    this.at += found[0].length;
    return found[0];
  }

  expect(literal) {
    if (!this.source.startsWith(literal, this.at)) {
      this.refuse();
    }
    this.at += literal.length;
  }

  count(more) {
    this.nodes += more;
    if (this.nodes > this.limits.nodes) {
      throw new Refusal('xml.size', this.nodes);
    }
  }

  startTag(parent) {
    if (/^<[!?]/.test(this.source.slice(this.at, this.at + 2))) {
      this.refuse();
    }
    this.expect('<');
    const qualified = this.name();
    const written = this.attributes();
    const empty = this.source.startsWith('/>', this.at);
    this.expect(empty ? '/>' : '>');
    const depth = parent === null ? 1 : parent.depth + 1;
    if (depth > this.limits.depth) {
      throw new Refusal('xml.size', depth);
    }
    this.count(1 + written.length);
    return { element: resolved(qualified, written, parent, depth), empty };
  }

  attributes() {
    const written = [];
    for (;;) {
      const before = this.at;
      this.blanks();
      if (this.source[this.at] === '>' || this.source[this.at] === '/') {
        return written;
      }
      if (before === this.at) {
        this.refuse();
      }
      const qualified = this.name();
      this.blanks();
      this.expect('=');
      this.blanks();
      written.push({ qualified, value: this.value() });
      if (written.length > this.limits.attributes) {
        throw new Refusal('xml.size', written.length);
      }
    }
  }

  value() {
    const quote = this.source[this.at];
    if (quote !== '"' && quote !== "'") {
      this.refuse();
    }
    const end = this.source.indexOf(quote, this.at + 1);
    const raw = end < 0 ? '<' : this.source.slice(this.at + 1, end);
    if (raw.includes('<') || raw.length > this.limits.text) {
      throw new Refusal('xml.form');
    }
    this.at = end + 1;
    return expanded(raw.replace(/[\t\n]/g, ' '));
  }

  /** Text and CDATA sections up to the next tag, as one text. */
  characters(element) {
    let run = '';
    for (;;) {
      const next = this.source.indexOf('<', this.at);
      if (next < 0) {
        throw new Refusal('xml.form');
      }
      const raw = this.source.slice(this.at, next);
      if (raw.includes(']]>')) {
        throw new Refusal('xml.form');
      }
      run += expanded(raw);
      this.at = next;
      if (!this.source.startsWith('<![CDATA[', next)) {
        break;
      }
      const end = this.source.indexOf(']]>', next);
      if (end < 0) {
        throw new Refusal('xml.form');
      }
      run += this.source.slice(next + 9, end);
      this.at = end + 3;
    }
    if (run.length > this.limits.text) {
      throw new Refusal('xml.size', run.length);
    }
    if (run.length > 0) {
      element.children.push(run);
    }
  }

  endTag(element) {
    this.expect('</');
    const qualified = this.name();
    this.blanks();
    this.expect('>');
    if (qualified !== element.qualified) {
      throw new Refusal('xml.form');
    }
  }
}

/** Replaces references; there are no entities but the five that XML itself has. */
function expanded(raw) {
  if (!raw.includes('&')) {
    return raw;
  }
  return raw.replace(/&(?:#([0-9]+)|#x([0-9A-Fa-f]+)|([a-z]+));|&/g, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined && Object.hasOwn(NAMED, name)) {
      return NAMED[name];
    }
    const code = decimal !== undefined ? Number(decimal) : hexadecimal !== undefined ? parseInt(hexadecimal, 16) : NaN;
    const allowed = Number.isInteger(code) && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    const character = allowed ? String.fromCodePoint(code) : '\u0000';
    if (FORBIDDEN_CHARACTER.test(character)) {
      throw new Refusal('xml.form');
    }
    return character;
  });
}

function split(qualified) {
  const parts = qualified.split(':');
  if (parts.length > 2 || parts.some((part) => part === '' || !/^[^\-.0-9\u00B7\u0300-\u036F]/u.test(part))) {
    throw new Refusal('xml.form');
  }
  return parts.length === 1 ? ['', parts[0]] : parts;
}

/** An element with its names resolved; attributes that are namespace declarations stand apart. */
function resolved(qualified, written, parent, depth) {
  const declarations = new Map();
  const around = parent === null ? new Map([['xml', XML_NAMESPACE]]) : parent.scope;
  const scope = written.some((one) => one.qualified.startsWith('xmlns')) ? new Map(around) : around;
  const others = [];
  for (const attribute of written) {
    const [prefix, local] = split(attribute.qualified);
    if (attribute.qualified === 'xmlns' || prefix === 'xmlns') {
      declare(prefix === 'xmlns' ? local : '', attribute.value, declarations, scope);
    } else {
      others.push({ qualified: attribute.qualified, prefix, local, value: attribute.value });
    }
  }
  const [prefix, local] = split(qualified);
  const element = { qualified, prefix, local, namespace: lookup(scope, prefix), attributes: [], declarations, scope, children: [], parent, depth };
  const seen = new Set();
  for (const attribute of others) {
    const namespace = attribute.prefix === '' ? '' : lookup(scope, attribute.prefix);
    const key = `${namespace}\n${attribute.local}`;
    if (seen.has(key)) {
      throw new Refusal('xml.form');
    }
    seen.add(key);
    element.attributes.push({ ...attribute, namespace });
  }
  return element;
}

function declare(prefix, uri, declarations, scope) {
  const reserved = uri === XMLNS_NAMESPACE || prefix === 'xmlns' || (prefix === 'xml') !== (uri === XML_NAMESPACE);
  if (reserved || declarations.has(prefix) || (prefix !== '' && uri === '')) {
    throw new Refusal('xml.form');
  }
  declarations.set(prefix, uri);
  scope.set(prefix, uri);
}

function lookup(scope, prefix) {
  const namespace = scope.get(prefix);
  if (namespace === undefined && prefix !== '') {
    throw new Refusal('xml.form');
  }
  return namespace ?? '';
}

export function isElement(node) {
  return typeof node === 'object';
}

export function elements(parent) {
  return parent.children.filter(isElement);
}

/** The value of an attribute without a namespace; undefined when it is not there. */
export function attribute(element, name) {
  return element.attributes.find((one) => one.local === name && one.namespace === '')?.value;
}

export function textOf(element) {
  return element.children.filter((child) => !isElement(child)).join('');
}
