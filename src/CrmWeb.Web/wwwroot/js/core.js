// What every page has: fragments, keys, clicks, leaving, times, and the elements of the other files as they appear.
// Light-DOM elements around server-made HTML: all of it works without script, only less smoothly.

const setting = name => document.querySelector(`meta[name="${name}"]`)?.content;
const json = name => JSON.parse(setting(name) || '{}');
const texts = json('crm-texts');
const modules = json('crm-modules');
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const phone = matchMedia('(max-width: 760px)');

/* ------------------------------------------------------------------ typing */
let composed = false; // an input method has just finished: the key that ended it is not ours
addEventListener('compositionend', () => { composed = true; setTimeout(() => composed = false, 80); }, true);

const composing = e => e.isComposing || e.keyCode === 229 || composed;
const inField = e => e.target.closest?.('input:not([type=checkbox],[type=radio],[type=submit],[type=button]), textarea, select, [contenteditable=true], trix-editor');

/** Whether a text is long enough to ask the server about: two letters, or one Han character. */
const enough = text => text === '' || /\p{Script=Han}/u.test(text) || [...text].length >= 2;

/* --------------------------------------------------------------- requests */
async function request(address, { method = 'GET', body, accept, signal, target, typed: isTyped, quiet } = {}) {
  const headers = { 'HX-Request': 'true', 'HX-Current-URL': location.href, Accept: accept ?? 'text/html', ...(target && { 'HX-Target': target }) };
  if (method !== 'GET') headers.RequestVerificationToken = setting('csrf') ?? '';
  let answer;
  try {
    answer = await fetch(address, { method, body, headers, signal, credentials: 'same-origin' });
  } catch (broken) {
    if (broken.name !== 'AbortError' && !quiet) toast(texts.offline, true);
    return null;
  }
  if (quiet) return answer;
  const goTo = answer.headers.get('HX-Redirect');
  if (goTo && answer.status === 401 && isTyped) { sendWhole(address, body); return null; }
  if (goTo) { if (answer.status !== 401 || !typed()) leave(goTo); return null; }
  if (!answer.ok && answer.status !== 422 && answer.status !== 409) { complain(await answer.text()); return null; }
  return answer;
}

/** The form that is being filled in. Signed out meanwhile, nothing leads away by itself; the form, once sent, is kept over the sign-in. */
const typed = () => $('form[data-dirty]') ?? $$('crm-dialog').find(d => d.typed)?.querySelector('form') ?? $$('crm-inline').find(i => i.changed)?.form;

/** Sends what was typed as a whole page: signed out, that is answered with a sign-in page which keeps it. Unsent, it is only shown again behind it. */
function sendWhole(action, fields, unsent = false) {
  if (unsent) fields.append('unsent', 'true');
  const form = Object.assign(document.createElement('form'), { method: 'post', action, hidden: true });
  for (const [name, value] of fields) if (typeof value === 'string') form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  document.body.append(form);
  saved = true;
  HTMLFormElement.prototype.submit.call(form);
}

const leave = address => { saved = true; location.assign(address); };

function complain(html) {
  const told = new DOMParser().parseFromString(html, 'text/html').querySelector('.toast');
  if (told) $('crm-toasts')?.append(document.adoptNode(told)); else toast(texts.failed, true);
}

function toast(text, bad = false) {
  const made = $('#toast-template')?.content.firstElementChild.cloneNode(true);
  if (!made) return;
  made.classList.toggle('toast-bad', bad);
  $('span', made).textContent = text;
  $('crm-toasts').append(made);
}

function announce(text) { const region = $('#status'); if (region) region.textContent = text; }

/** Puts a floating part under its opener, or above it where there is no room. */
function place(part, opener) {
  const at = opener.getBoundingClientRect(), { width, height } = part.getBoundingClientRect();
  const below = at.bottom + 4 + height < innerHeight || at.top < height + 8;
  part.style.top = `${below ? at.bottom + 4 : at.top - height - 4}px`;
  part.style.left = `${Math.max(8, Math.min(part.dataset.align === 'start' ? at.left : at.right - width, innerWidth - width - 8))}px`;
  part.dataset.placed = '';
}

/** An element whose listeners go when it goes. */
class Part extends HTMLElement {
  connectedCallback() { this.gone = new AbortController(); this.start(); }
  disconnectedCallback() { this.gone.abort(); }
  on(type, act, target = this) { target.addEventListener(type, act, { signal: this.gone.signal }); }
}

const crm = { $, $$, texts, request, complain, toast, announce, composing, inField, enough, place, leave, discover, settled, typed, sendWhole, Part,
  text: (key, ...values) => (texts[key] ?? '').replace(/\{(\d)\}/g, (_, n) => values[n] ?? '') };

/* ------------------------------------------------- elements of other files */
const coming = {};
function use(name) { return coming[name] ??= import(modules[name]).then(file => file.default(crm)); }
function discover(within = document) {
  for (const part of $$(':not(:defined)', within)) if (modules[part.localName]) use(part.localName);
}

/* ------------------------------------------------------------------- times */
function refreshTimes() {
  for (const time of $$('time[data-relative]')) {
    const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000);
    if (minutes >= 0 && minutes < 60) time.textContent = minutes < 1 ? texts.now : crm.text('minutes', minutes);
  }
}

/* --------------------------------------------------------------- shortcuts */
/** Shortcuts of every page; here and not in a file of their own, so that they answer as soon as the page is there. */
const keys = {
  /** Whether the key did something. */
  key(e) {
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key, control = e.ctrlKey || e.metaKey;
    if (control && key === 'k' && !e.altKey && !e.shiftKey) return this.press('[data-open="palette"]');
    if (control && key === 'Enter') return this.send(e.target.closest?.('form'));
    if (e.altKey && !control && /^Digit[1-9]$/.test(e.code)) return this.go($$('.views > a')[e.code.at(-1) - 1]);
    if (control && key === 'z' && !inField(e)) return this.go($$('.toast [data-undo]').at(-1));
    if (key === 'Escape' && $('.sidebar.open')) return this.press('.nav-close');
    if (control || e.altKey || inField(e) || document.documentElement.dataset.shortcuts === 'off' || $('dialog[open], .menu:popover-open')) { this.first = null; return false; }
    return this.first ? this.second(key) : this.single(key, e.key);
  },

  single(key, typed) {
    if (key === 'g' || key === 'c') return this.wait(key === 'g' ? 'go' : 'new');
    if (key === '/') return this.filter($('[aria-keyshortcuts="/"]'));
    if (typed === '?') { $('#keys')?.showModal(); return true; }
    if (key === '[') return this.go($('a[rel="prev"]'));
    if (key === ']') return this.go($('a[rel="next"]'));
    return /^[a-z0-9]$/.test(key) && this.go($(`[data-key="${key}"]`));
  },

  /** g and c wait for the letter that says where to, or what. */
  wait(first) {
    this.first = first;
    setTimeout(() => this.first = null, 1500);
    return false;
  },
  second(key) {
    const { first } = this;
    this.first = null;
    return this.go($(`[data-${first}="${CSS.escape(key)}"]`));
  },

  filter(box) { box?.focus(); box?.select?.(); return !!box; },
  send(form) { form?.requestSubmit(); return !!form; },
  press(selector) { const pressed = $(selector); pressed?.click(); return !!pressed; },
  go(element) { element?.focus(); element?.click(); return !!element; },
};
addEventListener('keydown', e => { if (!e.defaultPrevented && !composing(e) && keys.key(e)) e.preventDefault(); });

/* --------------------------------------------------- palette, navigation */
async function openPalette() {
  if ($('crm-palette')) { $('crm-palette').open(); return; }
  const template = $('#palette-template');
  if (!template) return;
  await use('crm-palette');
  document.body.append(template.content.cloneNode(true));
  $('crm-palette').open();
}

function drawer(open) {
  const bar = $('.sidebar');
  bar.classList.toggle('open', open);
  $('.main').inert = open;
  (open ? $('a', bar) : $('.menu-btn'))?.focus();
}

/* ------------------------------------------------------- clicks, leaving */
addEventListener('click', e => {
  if (e.defaultPrevented || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey) return;
  const at = selector => e.target.closest?.(selector);
  const opener = at('[data-open]'), remote = at('a[data-dialog]'), here = at('a[data-here]');
  if (here) here.search = location.search; // filters may have changed since the link was written
  if (at('.menu-btn')) { e.preventDefault(); drawer(true); }
  else if (at('.scrim, .nav-close')) { e.preventDefault(); drawer(false); }
  else if (opener?.dataset.open === 'palette') { e.preventDefault(); openPalette(); }
  else if (opener) { const dialog = document.getElementById(opener.dataset.open); if (dialog?.showModal) { e.preventDefault(); dialog.showModal(); } }
  else if (at('[data-close]')) { e.preventDefault(); at('dialog')?.close(); }
  else if (remote && !phone.matches && $('#dialog')?.open) { e.preventDefault(); $('#dialog').open(remote.href, remote.dataset.dialog === 'drawer'); }
});

let saved = false; // what was typed is on its way: leaving is meant
addEventListener('input', e => { const form = e.target.closest?.('form[data-guard]'); if (form) form.dataset.dirty = '1'; });
addEventListener('submit', e => {
  if (e.defaultPrevented) return;
  if (e.target.dataset.sent) { e.preventDefault(); return; } // pressed twice
  saved = true;
  if (e.target.method === 'post') { e.target.dataset.sent = '1'; setTimeout(() => delete e.target.dataset.sent, 5000); }
  if (e.target.matches('[data-sign-out]')) sessionStorage.clear(); // drafts are the person's, not the machine's
});
addEventListener('pageshow', () => { saved = false; $$('form[data-sent]').forEach(f => delete f.dataset.sent); });
addEventListener('beforeunload', e => { if (!saved && $('form[data-dirty]')) e.preventDefault(); });

/* -------------------------------------------------------------------- htmx */
document.addEventListener('htmx:configRequest', e => { if (e.detail.verb !== 'get') e.detail.headers.RequestVerificationToken = setting('csrf') ?? ''; });
document.addEventListener('htmx:beforeOnLoad', e => { if (e.detail.xhr.status === 401 && typed()) e.preventDefault(); });
document.addEventListener('htmx:responseError', e => complain(e.detail.xhr.responseText));
document.addEventListener('htmx:sendError', () => toast(texts.offline, true));
document.addEventListener('htmx:afterSettle', e => settled(e.detail.elt ?? e.target, true));

/** A new part is here: its elements come to life, and what it says is said. */
function settled(part, focus = false) {
  if (!focus) window.htmx?.process(part);
  discover(document);
  refreshTimes();
  const said = part.matches?.('[data-announce]') ? part : $('[data-announce]', part);
  if (said) announce(said.dataset.announce);
  if (!focus) return;
  const wanted = $('.errors, [autofocus]', part);
  if (wanted) wanted.focus();
  else if (document.activeElement === document.body) $('h1, h2, h3, a, button, input:not([type=hidden])', part)?.focus();
}

discover();
refreshTimes();
setInterval(refreshTimes, 60000);
