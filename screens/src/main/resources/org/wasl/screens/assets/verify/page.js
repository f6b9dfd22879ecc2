// The verify page: takes a file where it is dropped or chosen, has it checked, and shows each check. Nothing is fetched.
import { checkBundle, isBundle } from './bundle.js';
import { checkContainer } from './single.js';
import { checkLookup } from './lookup.js';
import { FAILS, HOLDS, Report } from './report.js';
import { readSite } from './site.js';

const MAX_FILE_OCTETS = 256 * 1024 * 1024;
const MAX_NOTE_OCTETS = 64 * 1024;
const PREFIX = 'verify.script.';
const SVG = 'http://www.w3.org/2000/svg';
const ICONS = { holds: 'good', fails: 'bad', unknown: 'info' };
const GROUPS = ['anchor', 'message', 'leaf', 'log', 'stamp', 'registry', 'bundle'];
const GROUP_OF = { certificate: 'registry', evidence: 'registry', lookup: 'leaf' };
const FACTS = ['kind', 'sender', 'service', 'issued', 'messageId'];
/** The most files that one line names; the others are counted. */
const MAX_NAMED = 200;

const main = document.getElementById('main');
const result = document.getElementById('result');
const texts = new Map(Array.from(document.getElementById('texts').content.children, (one) => [one.dataset.key, one.textContent]));
const site = readSite(JSON.parse(main.dataset.site || 'null'));
let run = 0;

/** A text of the page, with its values; a check without a text of its own is shown by its code. */
function say(key, ...values) {
  const text = texts.get(PREFIX + key) ?? key;
  return text.replace(/\{(\d)\}/g, (whole, place) => values[Number(place)] ?? whole);
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className !== '') {
    made.className = className;
  }
  made.append(...children);
  return made;
}

function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `${main.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}

/** Identifiers, names of files and numbers read from left to right in either language. */
function ltr(text) {
  const made = element('bdi', '', text);
  made.dir = 'ltr';
  return made;
}

/** A sentence whose values are set apart from it, each in its own direction. */
function sentence(key, values) {
  const made = element('span', '');
  const text = texts.get(PREFIX + key) ?? key;
  for (const part of text.split(/(\{\d\})/)) {
    const place = /^\{(\d)\}$/.exec(part)?.[1];
    made.append(place === undefined ? part : ltr(values[Number(place)] ?? ''));
  }
  return made;
}

function status(outcome) {
  return element('span', `status status-${ICONS[outcome]}`, icon(ICONS[outcome]), element('span', '', say(`outcome.${outcome}`)));
}

// What is shown

function show(report, name, header) {
  const verdict = report.verdict;
  const kind = { refused: 'bad', genuine: 'good', consistent: 'warn' }[verdict];
  const words = element('div', '', element('h2', 'verdict-title', say(`verdict.${verdict}`)), element('p', '', say(`verdict.${verdict}.text`)));
  if (name !== null) {
    words.append(element('p', 'verdict-file', ltr(name)));
  }
  words.append(element('p', 'verdict-count', say('count', report.checks.filter((check) => check.outcome === HOLDS).length, report.failures.length, report.open.length)));
  const banner = element('div', `verdict verdict-${kind}`, icon(kind), words);
  banner.tabIndex = -1;
  banner.setAttribute('role', verdict === 'refused' ? 'alert' : 'status');
  banner.dataset.verdict = verdict;
  result.replaceChildren(banner);
  failures(report);
  facts(header);
  groups(report);
  result.hidden = false;
  banner.focus();
}

/** What was refused, by file and by check, before anything else. */
function failures(report) {
  const failed = report.failures;
  if (failed.length === 0) {
    return;
  }
  const list = element('ul', 'failures');
  for (const check of failed.slice(0, MAX_NAMED)) {
    const line = element('li', '', icon('bad'));
    const words = element('div', '', element('strong', '', say(`check.${check.id}`)));
    if (check.file !== null) {
      words.append(element('p', 'check-file', ltr(check.file)));
    }
    words.append(element('p', '', sentence(`reason.${check.reason}`, check.values)));
    line.append(words);
    line.dataset.check = check.id;
    list.append(line);
  }
  result.append(element('section', 'card-plain', element('h3', '', say('failed')), list));
}

function facts(header) {
  if (header === null) {
    return;
  }
  const pairs = element('dl', 'pairs');
  for (const name of FACTS) {
    pairs.append(element('div', '', element('dt', '', say(`fact.${name}`)), element('dd', '', ltr(header[name]))));
  }
  result.append(element('section', 'card-plain', element('h3', '', say('facts')), pairs));
}

function groups(report) {
  for (const group of GROUPS) {
    const checks = report.checks.filter((check) => groupOf(check) === group && check.outcome !== FAILS);
    if (checks.length > 0) {
      const list = element('ul', 'checks');
      for (const alike of together(checks)) {
        list.append(line(alike));
      }
      result.append(element('section', 'card-plain', element('h3', '', say(`group.${group}`)), list));
    }
  }
}

function groupOf(check) {
  const first = check.id.split('.')[0];
  return GROUP_OF[first] ?? first;
}

/** Checks of many files that came out alike are one line. */
function together(checks) {
  const alike = new Map();
  for (const check of checks) {
    const key = [check.id, check.outcome, check.reason, ...check.values].join('\n');
    alike.set(key, [...(alike.get(key) ?? []), check]);
  }
  return alike.values();
}

function line(checks) {
  const [check] = checks;
  const words = element('div', 'check-words', element('span', 'check-name', say(`check.${check.id}`)));
  if (check.reason !== null) {
    const reason = sentence(`reason.${check.reason}`, check.values);
    reason.className = 'check-reason';
    words.append(reason);
  }
  const files = checks.map((one) => one.file).filter((file) => file !== null);
  if (files.length === 1) {
    words.append(element('span', 'check-file', ltr(files[0])));
  } else if (files.length > 1) {
    const named = element('ul', 'check-files', ...files.slice(0, MAX_NAMED).map((file) => element('li', '', ltr(file))));
    words.append(element('details', '', element('summary', '', say('files', files.length)), named));
  }
  return element('li', '', status(check.outcome), words);
}

function note(kind, key, ...values) {
  const made = element('div', `notice notice-${kind}`, icon(kind), element('p', '', sentence(key, values)));
  made.setAttribute('role', kind === 'bad' ? 'alert' : 'status');
  result.replaceChildren(made);
  result.hidden = false;
}

// What is checked

async function octetsOf(file, most) {
  return file.size > most ? null : new Uint8Array(await file.arrayBuffer());
}

async function check(file) {
  const mine = ++run;
  const trust = await reading();
  if (trust === null) {
    return;
  }
  note('wait', 'working', file.name);
  const octets = await octetsOf(file, MAX_FILE_OCTETS);
  if (octets === null) {
    note('bad', 'too-large', file.name);
    return;
  }
  const zip = octets.length > 38 && octets[0] === 0x50 && octets[1] === 0x4b && octets[2] === 3 && octets[3] === 4;
  const bundle = zip && isBundle(octets);
  if (!zip && !file.name.endsWith('.asice')) {
    note('warn', 'kind', file.name);
    return;
  }
  const checked = bundle ? { report: await checkBundle(octets, trust), header: null } : await checkContainer(octets, file.name, trust);
  // Another file may have been given meanwhile.
  if (mine === run) {
    show(checked.report, file.name, checked.header);
  }
}

/** What the reader knows already; null when what was typed is no fingerprint, which the field then says. */
async function reading() {
  const field = document.getElementById('fingerprint');
  const typed = field.value.replace(/[\s:]/g, '').toLowerCase();
  const wrong = typed !== '' && !/^[0-9a-f]{64}$/.test(typed);
  field.toggleAttribute('aria-invalid', wrong);
  if (wrong) {
    field.setAttribute('aria-invalid', 'true');
    field.focus();
  }
  document.getElementById('fingerprint-error').hidden = !wrong;
  const kept = document.getElementById('kept').files[0];
  return wrong ? null : { pinned: typed === '' ? null : typed, site, kept: kept === undefined ? null : ((await octetsOf(kept, MAX_NOTE_OCTETS)) ?? new Uint8Array()) };
}

async function checkFound(found) {
  const report = await checkLookup(JSON.parse(found.dataset.answer), site).catch((failure) => {
    const broken = new Report();
    broken.failed('lookup.leaf', null, failure);
    return broken;
  });
  show(report, null, null);
}

// What the reader does

function listen() {
  const drop = document.getElementById('drop');
  const chosen = document.getElementById('file');
  chosen.addEventListener('change', () => {
    if (chosen.files.length > 0) {
      check(chosen.files[0]);
    }
  });
  for (const name of ['dragenter', 'dragover', 'dragleave', 'drop']) {
    window.addEventListener(name, (event) => {
      // A file that falls beside the field must not be opened instead of this page.
      event.preventDefault();
      drop.classList.toggle('drop-over', name === 'dragenter' || name === 'dragover');
      if (name === 'drop' && event.dataTransfer !== null && event.dataTransfer.files.length > 0) {
        check(event.dataTransfer.files[0]);
      }
    });
  }
}

if (globalThis.crypto?.subtle === undefined || globalThis.DecompressionStream === undefined) {
  note('bad', 'insecure');
} else {
  listen();
  const found = document.getElementById('found');
  if (found !== null) {
    checkFound(found);
  }
}
main.dataset.listening = 'true';
