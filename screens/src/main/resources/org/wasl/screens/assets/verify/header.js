// header.xml of a message (urn:wasl:envelope:1): its fields in their one order, each with the form that its schema gives it,
// and the rules that hold between them.
import { Refusal } from './octets.js';
import { attribute, elements, isElement, parse, textOf } from './xml.js';

const NAMESPACE = 'urn:wasl:envelope:1';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TOKEN = /^[A-Za-z0-9._:/@+=-]{1,200}$/;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const MINOR = /^[1-9][0-9]{0,2}\.[0-9]{1,3}$/;
const MEDIA_TYPE = /^(?=.{3,100}$)[a-z]+\/[a-z0-9][a-z0-9.+-]*$/;
const SUBSYSTEM = /^(?:[A-Za-z0-9_-]{1,64}\/){3}[A-Za-z0-9_-]{1,64}$/;
const SERVICE = /^(?:[A-Za-z0-9_-]{1,64}\/){5}v[1-9][0-9]{0,2}$/;
const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/;

/** The children of `header`: name, form, and whether it may be absent. What has children of its own has its reader. */
const FIELDS = [
  ['messageId', UUID],
  ['correlationId', TOKEN],
  ['kind', /^(?:REQUEST|REPLY|FAULT|EVENT|INTERIM|CANCELLATION|DELIVERY)$/],
  ['sender', SUBSYSTEM],
  ['consumer', SUBSYSTEM],
  ['provider', SUBSYSTEM],
  ['service', SERVICE],
  ['schemaVersion', MINOR],
  ['payloadMediaType', MEDIA_TYPE],
  ['plainPayloadDigest', SHA256, true],
  ['actor', readActor],
  ['representedParty', TOKEN, true],
  ['caseReference', TOKEN, true],
  ['purpose', CODE],
  ['legalBasis', CODE],
  ['channel', CODE],
  ['locale', /^(?:ar|en)$/],
  ['priority', /^(?:LOW|NORMAL|URGENT)$/],
  ['issued', readInstant],
  ['expires', readInstant],
  ['idempotencyKey', TOKEN, true],
  ['registry', readRegistry, true],
  ['inReplyTo', readInReplyTo, true],
  ['event', readEvent, true],
];
const XENC = 'application/xenc+xml';

/** Reads a header; what breaks a rule is refused by the field's name. */
export function readHeader(octets) {
  const root = parse(octets, { octets: 16 * 1024 });
  if (root.namespace !== NAMESPACE || root.local !== 'header') {
    throw new Refusal('header.field', 'header');
  }
  attributes(root, { version: MINOR });
  if (!attribute(root, 'version').startsWith('1.')) {
    throw new Refusal('header.field', 'version');
  }
  const header = read(root, FIELDS);
  const broken = brokenRule(header);
  if (broken !== null) {
    throw new Refusal('header.field', broken);
  }
  return header;
}

/** The children, which are exactly these, in this order, with nothing but blanks between them. */
function read(parent, fields) {
  if (parent.children.some((child) => !isElement(child) && /[^ \t\r\n]/.test(child))) {
    throw new Refusal('header.field', parent.local);
  }
  const found = elements(parent);
  const values = {};
  for (const [name, form, optional] of fields) {
    const element = found[0];
    if (element === undefined || element.local !== name || element.namespace !== NAMESPACE) {
      if (!optional) {
        throw new Refusal('header.field', name);
      }
      values[name] = null;
      continue;
    }
    found.shift();
    values[name] = form instanceof RegExp ? readText(element, form) : form(element);
  }
  if (found.length > 0) {
    throw new Refusal('header.field', found[0].local.slice(0, 60));
  }
  return values;
}

function readText(element, form) {
  attributes(element, {});
  const value = textOf(element);
  if (elements(element).length > 0 || !form.test(value)) {
    throw new Refusal('header.field', element.local);
  }
  return value;
}

function attributes(element, forms) {
  const names = Object.keys(forms);
  const right =
    element.attributes.length === names.length && names.every((name) => forms[name].test(attribute(element, name) ?? ''));
  if (!right) {
    throw new Refusal('header.field', element.local);
  }
}

function readInstant(element) {
  const value = readText(element, INSTANT);
  const millis = Date.parse(value);
  if (Number.isNaN(millis) || new Date(millis).toISOString() !== value) {
    throw new Refusal('header.field', element.local);
  }
  return value;
}

function readActor(element) {
  attributes(element, { kind: /^(?:CITIZEN|OFFICER|SYSTEM)$/, assurance: /^(?:LOW|SUBSTANTIAL|HIGH)$/ });
  return { kind: attribute(element, 'kind'), ...read(element, [['id', TOKEN], ['assertionDigest', SHA256, true]]) };
}

function nothingInside(element) {
  if (element.children.some((child) => isElement(child) || child !== '')) {
    throw new Refusal('header.field', element.local);
  }
}

function readRegistry(element) {
  attributes(element, { state: /^(?:CURRENT|GRACE)$/, version: /^[1-9][0-9]{0,17}$/ });
  nothingInside(element);
  return { state: attribute(element, 'state'), version: attribute(element, 'version') };
}

function readInReplyTo(element) {
  attributes(element, {});
  return read(element, [['messageId', UUID], ['headerDigest', SHA256], ['payloadDigest', SHA256]]);
}

function readEvent(element) {
  attributes(element, { sequence: /^[1-9][0-9]{0,14}$/, source: UUID });
  nothingInside(element);
  return { sequence: attribute(element, 'sequence'), source: attribute(element, 'source') };
}

const SENT_BY_CONSUMER = new Set(['REQUEST', 'CANCELLATION', 'DELIVERY']);
const SENT_BY_PROVIDER = new Set(['REPLY', 'EVENT', 'INTERIM']);
const NAMES_NO_REQUEST = new Set(['REQUEST', 'EVENT']);

/** Which field breaks a rule that holds between fields; null when none does. */
function brokenRule(header) {
  const byConsumer = header.sender === header.consumer;
  const byProvider = header.sender === header.provider;
  const right = SENT_BY_CONSUMER.has(header.kind) ? byConsumer : SENT_BY_PROVIDER.has(header.kind) ? byProvider : byConsumer || byProvider;
  if (!right) {
    return 'sender';
  }
  if (header.service.split('/').slice(0, 4).join('/') !== header.provider) {
    return 'service';
  }
  if (NAMES_NO_REQUEST.has(header.kind) !== (header.inReplyTo === null)) {
    return 'inReplyTo';
  }
  if (header.event !== null && (header.kind !== 'EVENT' || header.consumer === header.provider)) {
    return 'event';
  }
  if ((header.payloadMediaType === XENC) !== (header.plainPayloadDigest !== null)) {
    return 'plainPayloadDigest';
  }
  return Date.parse(header.expires) > Date.parse(header.issued) ? null : 'expires';
}
