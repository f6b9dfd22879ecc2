// A message: an ASiC-E container (ETSI EN 319 162-1) with one XAdES signature over the octets of its header and payload.
// Opened and verified as docs/formats.md has it, step by step, each step with its own refusal.
import { Refusal, base64, digest, equal, sha256Hex, text, utf8 } from './octets.js';
import { readContainer } from './zip.js';
import { elements, isElement, parse } from './xml.js';
import { canonical } from './canonical.js';
import { readHeader } from './header.js';
import { isLowEcdsa, isPlainRsa, verifyEc, verifyEd25519, verifyRsa } from './keys.js';

const MEDIA_TYPE = 'application/vnd.etsi.asic-e+zip';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const XADES = 'http://uri.etsi.org/01903/v1.3.2#';
const ASIC = 'http://uri.etsi.org/02918/v1.2.1#';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const PROPERTIES_TYPE = 'http://uri.etsi.org/01903#SignedProperties';
const ENCRYPTED = 'application/xenc+xml';

/** By exact URI: the kind of key that a method takes, and no other kind. */
const METHODS = new Map([
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', 'EC'],
  ['http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519', 'ED25519'],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'RSA'],
]);
const ALGORITHM_ELEMENTS = new Set(['CanonicalizationMethod', 'SignatureMethod', 'DigestMethod', 'Transform']);

/** Opens a container: its form, header and the structure of its signature. Verifies nothing that needs a key. */
export async function open(octets) {
  const entries = readContainer(octets);
  if (!equal(entries.get('mimetype').octets, utf8(MEDIA_TYPE))) {
    throw new Refusal('container.mimetype');
  }
  const headerOctets = entries.get('header.xml').octets;
  const header = readHeader(headerOctets);
  const payloadName = entries.has('payload.bin') ? 'payload.bin' : 'payload.xml';
  const isXml = header.payloadMediaType === 'application/xml' || header.payloadMediaType === ENCRYPTED;
  if ((payloadName === 'payload.xml') !== isXml) {
    throw new Refusal('header.field', 'payloadMediaType');
  }
  if (!equal(entries.get('META-INF/manifest.xml').octets, utf8(manifest(payloadName, header.payloadMediaType)))) {
    throw new Refusal('container.manifest');
  }
  const signature = readSignature(entries.get('META-INF/signatures.xml').octets, payloadName, header.payloadMediaType);
  const payload = entries.get(payloadName).octets;
  return {
    octets,
    header,
    payload,
    payloadName,
    headerDigest: await sha256Hex(headerOctets),
    payloadDigest: await sha256Hex(payload),
    headerOctets,
    signature,
    damaged: [...entries].filter(([, entry]) => !entry.whole).map(([name]) => name),
  };
}

function manifest(payloadName, mediaType) {
  const entry = (path, type) => `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"></manifest:file-entry>`;
  return (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">' +
    entry('/', MEDIA_TYPE) + entry('header.xml', 'application/xml') + entry(payloadName, mediaType) + '</manifest:manifest>'
  );
}

/** The signature as it stands: one structure, one list of algorithms, and the one text that says so. */
function readSignature(octets, payloadName, mediaType) {
  const root = parse(octets);
  checkAlgorithms(root);
  named(root, ASIC, 'XAdESSignatures');
  if (elements(root).length === 0) {
    throw new Refusal('signature.missing');
  }
  const signature = only(root, DS, 'Signature');
  const [signedInfo, value, keyInfo, object] = exactly(signature, DS, ['SignedInfo', 'SignatureValue', 'KeyInfo', 'Object']);
  const certificate = only(only(keyInfo, DS, 'X509Data'), DS, 'X509Certificate');
  const signedProperties = only(only(object, XADES, 'QualifyingProperties'), XADES, 'SignedProperties');
  const read = {
    method: attributeOf(child(signedInfo, 'SignatureMethod'), 'Algorithm'),
    ...references(signedInfo, payloadName),
    ...properties(signedProperties),
    certificate: content(certificate),
    value: content(value),
  };
  if (written(read, payloadName, mediaType) !== text(octets)) {
    throw new Refusal('signature.form');
  }
  return {
    method: read.method,
    headerDigest: base64(read.headerDigest),
    payloadDigest: base64(read.payloadDigest),
    propertiesDigest: base64(read.propertiesDigest),
    certificateDigest: base64(read.certificateDigest),
    signingTime: read.signingTime,
    certificate: base64(read.certificate),
    value: base64(read.value),
    signedInfo: canonical(signedInfo),
    signedProperties: canonical(signedProperties),
  };
}

/** Whatever names an algorithm, wherever it stands, must name one of the list: before anything is computed. */
function checkAlgorithms(element) {
  const uri = attributeOf(element, 'Algorithm');
  if (uri !== undefined || ALGORITHM_ELEMENTS.has(element.local)) {
    const allowed = {
      CanonicalizationMethod: uri === EXCLUSIVE,
      Transform: uri === EXCLUSIVE,
      DigestMethod: uri === SHA256,
      SignatureMethod: METHODS.has(uri),
    }[element.local];
    if (allowed !== true) {
      throw new Refusal('algorithm', String(uri).slice(0, 100));
    }
  }
  elements(element).forEach(checkAlgorithms);
}

function attributeOf(element, name) {
  return element.attributes.find((one) => one.qualified === name)?.value;
}

function named(element, namespace, local) {
  if (element.namespace !== namespace || element.local !== local) {
    throw new Refusal('signature.structure', local);
  }
  return element;
}

function exactly(parent, namespace, locals) {
  if (parent.children.length !== locals.length || !parent.children.every(isElement)) {
    throw new Refusal('signature.structure', parent.local);
  }
  return parent.children.map((element, i) => named(element, namespace, locals[i]));
}

function only(parent, namespace, local) {
  return exactly(parent, namespace, [local])[0];
}

function child(parent, local) {
  const found = elements(parent).find((element) => element.local === local);
  if (found === undefined) {
    throw new Refusal('signature.structure', local);
  }
  return found;
}

function content(element) {
  if (element.children.length !== 1 || isElement(element.children[0])) {
    throw new Refusal('signature.structure', element.local);
  }
  return element.children[0];
}

/** Exactly three: the header and the payload as octets, and the signed properties. */
function references(signedInfo, payloadName) {
  const found = elements(signedInfo).filter((element) => element.local === 'Reference');
  const uris = found.map((reference) => attributeOf(reference, 'URI'));
  const right = uris.length === 3 && uris[0] === 'header.xml' && uris[1] === payloadName && uris[2] === '#SignedProperties';
  if (!right || attributeOf(found[2], 'Type') !== PROPERTIES_TYPE) {
    throw new Refusal('signature.references');
  }
  const [headerDigest, payloadDigest, propertiesDigest] = found.map((reference) => digestText(child(reference, 'DigestValue')));
  return { headerDigest, payloadDigest, propertiesDigest };
}

function properties(signedProperties) {
  const signing = child(signedProperties, 'SignedSignatureProperties');
  const certificate = child(child(child(signing, 'SigningCertificateV2'), 'Cert'), 'CertDigest');
  return { signingTime: content(child(signing, 'SigningTime')), certificateDigest: digestText(child(certificate, 'DigestValue')) };
}

function digestText(element) {
  const value = content(element);
  if (base64(value).length !== 32) {
    throw new Refusal('signature.structure', 'DigestValue');
  }
  return value;
}

/** The one text of a signature with these values: what differs from it in any octet is not one. */
function written(read, payloadName, mediaType) {
  const method = `<ds:DigestMethod Algorithm="${SHA256}"></ds:DigestMethod>`;
  const reference = (id, uri, value) => `<ds:Reference Id="${id}" URI="${uri}">${method}<ds:DigestValue>${value}</ds:DigestValue></ds:Reference>`;
  const format = (id, type) => `<xades:DataObjectFormat ObjectReference="#${id}"><xades:MimeType>${type}</xades:MimeType></xades:DataObjectFormat>`;
  const signedInfo =
    `<ds:SignedInfo xmlns:ds="${DS}"><ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${read.method}"></ds:SignatureMethod>` +
    reference('reference-header', 'header.xml', read.headerDigest) +
    reference('reference-payload', payloadName, read.payloadDigest) +
    `<ds:Reference Type="${PROPERTIES_TYPE}" URI="#SignedProperties"><ds:Transforms><ds:Transform Algorithm="${EXCLUSIVE}"></ds:Transform></ds:Transforms>` +
    `${method}<ds:DigestValue>${read.propertiesDigest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
  const signedProperties =
    `<xades:SignedProperties xmlns:xades="${XADES}" Id="SignedProperties"><xades:SignedSignatureProperties>` +
    `<xades:SigningTime>${read.signingTime}</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest>` +
    `<ds:DigestMethod xmlns:ds="${DS}" Algorithm="${SHA256}"></ds:DigestMethod>` +
    `<ds:DigestValue xmlns:ds="${DS}">${read.certificateDigest}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2>` +
    '</xades:SignedSignatureProperties><xades:SignedDataObjectProperties>' +
    format('reference-header', 'application/xml') + format('reference-payload', mediaType) +
    '</xades:SignedDataObjectProperties></xades:SignedProperties>';
  return (
    `<asic:XAdESSignatures xmlns:asic="${ASIC}"><ds:Signature xmlns:ds="${DS}" Id="Signature">${signedInfo}` +
    `<ds:SignatureValue Id="SignatureValue">${read.value}</ds:SignatureValue>` +
    `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${read.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>` +
    `<ds:Object><xades:QualifyingProperties xmlns:xades="${XADES}" Target="#Signature">${signedProperties}` +
    '</xades:QualifyingProperties></ds:Object></ds:Signature></asic:XAdESSignatures>'
  );
}

/** That header, payload and signed properties are those that were signed, octet for octet. */
export async function checkDigests(container) {
  const { signature } = container;
  if (!equal(signature.headerDigest, await digest(container.headerOctets))) {
    throw new Refusal('digest.header');
  }
  if (!equal(signature.payloadDigest, await digest(container.payload))) {
    throw new Refusal('digest.payload', container.payloadName);
  }
  if (!equal(signature.propertiesDigest, await digest(signature.signedProperties))) {
    throw new Refusal('digest.properties');
  }
  if (container.damaged.length > 0) {
    throw new Refusal('zip.checksum', container.damaged[0]);
  }
  if (!equal(signature.certificateDigest, await digest(signature.certificate))) {
    throw new Refusal('signature.certificate');
  }
  if (signature.signingTime !== container.header.issued) {
    throw new Refusal('signature.time');
  }
}

/** That the certificate's key made the signature over SignedInfo in its canonical form. */
export async function checkSignature(container, certificate) {
  const { signature } = container;
  const { key } = certificate;
  const kind = METHODS.get(signature.method);
  if (kind !== key.kind || !key.accepted) {
    throw new Refusal('signature.key');
  }
  const { value, signedInfo } = signature;
  const right =
    kind === 'EC'
      ? isLowEcdsa(value) && (await verifyEc(key, 'SHA-256', value, signedInfo))
      : kind === 'RSA'
        ? isPlainRsa(value, key) && (await verifyRsa(key, 'SHA-256', value, signedInfo))
        : await verifyEd25519(key, value, signedInfo);
  if (!right) {
    throw new Refusal('signature.value');
  }
}

/** What an answer has to name of this message. */
export function asInReplyTo(container) {
  return { messageId: container.header.messageId, headerDigest: container.headerDigest, payloadDigest: container.payloadDigest };
}
