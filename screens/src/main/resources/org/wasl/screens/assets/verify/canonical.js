// Exclusive XML Canonicalization 1.0 without comments (http://www.w3.org/2001/10/xml-exc-c14n#), without a list of
// inclusive prefixes: the only canonicalisation that a container may name.
import { utf8 } from './octets.js';
import { isElement } from './xml.js';

/** The canonical octets of an element with everything in it, as if it stood alone. */
export function canonical(element) {
  const written = [];
  write(element, new Map(), written);
  return utf8(written.join(''));
}

/** `rendered` is what an ancestor in the output has declared: the prefix, and the namespace it stands for there. */
function write(element, rendered, written) {
  const declared = new Map(rendered);
  written.push('<', element.qualified);
  const used = new Set([element.prefix]);
  for (const attribute of element.attributes) {
    if (attribute.prefix !== '') {
      used.add(attribute.prefix);
    }
  }
  used.delete('xml');
  for (const prefix of [...used].sort(byCodePoint)) {
    const namespace = element.scope.get(prefix) ?? '';
    if ((declared.get(prefix) ?? '') !== namespace) {
      declared.set(prefix, namespace);
      written.push(prefix === '' ? ' xmlns="' : ` xmlns:${prefix}="`, escapedValue(namespace), '"');
    }
  }
  for (const attribute of [...element.attributes].sort(byName)) {
    written.push(' ', attribute.qualified, '="', escapedValue(attribute.value), '"');
  }
  written.push('>');
  for (const child of element.children) {
    if (isElement(child)) {
      write(child, declared, written);
    } else {
      written.push(escapedText(child));
    }
  }
  written.push('</', element.qualified, '>');
}

/** Canonical XML sorts by the numbers of characters, not by the halves in which JavaScript keeps the large ones. */
function byCodePoint(one, other) {
  const left = [...one];
  const right = [...other];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i].codePointAt(0) - right[i].codePointAt(0);
    if (difference !== 0) {
      return difference;
    }
  }
  return left.length - right.length;
}

function byName(one, other) {
  return byCodePoint(one.namespace, other.namespace) || byCodePoint(one.local, other.local);
}

function escapedValue(value) {
  return value.replace(/[&<"\t\n\r]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '"': '&quot;', '\t': '&#x9;', '\n': '&#xA;', '\r': '&#xD;' })[character]);
}

function escapedText(text) {
  return text.replace(/[&<>\r]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' })[character]);
}
