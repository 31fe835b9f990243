// What every page has: fragments, keyboard, tables, filters, menus, dialogs, toasts, typing, times, theme.
// Light-DOM elements around server-made HTML: all of it works without this file, only less smoothly.

const root = document.documentElement;
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
async function request(address, { method = 'GET', body, accept, signal, target, typed } = {}) {
  const headers = { 'HX-Request': 'true', Accept: accept ?? 'text/html', ...(target && { 'HX-Target': target }) };
  if (method !== 'GET') headers.RequestVerificationToken = setting('csrf') ?? '';
  let answer;
  try {
    answer = await fetch(address, { method, body, headers, signal, credentials: 'same-origin' });
  } catch (broken) {
    if (broken.name !== 'AbortError') toast(texts.offline, true);
    return null;
  }
  const goTo = answer.headers.get('HX-Redirect');
  if (goTo && answer.status === 401 && typed) { sendWhole(address, body); return null; }
  if (goTo) { if (answer.status !== 401 || !typing()) leave(goTo); return null; }
  if (!answer.ok && answer.status !== 422 && answer.status !== 409) { complain(await answer.text()); return null; }
  return answer;
}

/** Signed out while a form is being filled in: nothing leads away by itself; the form, once sent, is kept over the sign-in. */
const typing = () => $('form[data-dirty]') || $$('crm-dialog').some(d => d.typed) || $$('crm-inline').some(i => i.changed);

/** Sends what was typed as a whole page: signed out, that is answered with a sign-in page which keeps it. */
function sendWhole(action, fields) {
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

const crm = { $, $$, texts, request, complain, toast, announce, composing, enough, place, leave, Part, use,
  text: (key, ...values) => (texts[key] ?? '').replace(/\{(\d)\}/g, (_, n) => values[n] ?? '') };

/* ------------------------------------------------- elements of other files */
const coming = {};
function use(name) { return coming[name] ??= import(modules[name]).then(file => file.default(crm)); }
function discover(within = document) {
  for (const part of $$(':not(:defined)', within)) if (modules[part.localName]) use(part.localName);
}

/* ------------------------------------------------------------------- table */
class Table extends Part {
  start() {
    this.on('keydown', e => this.key(e), document);
    this.on('click', e => this.click(e));
    this.on('change', e => this.change(e));
    this.paint();
  }
  get rows() { return $$('tbody tr, [data-row]', this); }
  get boxes() { return $$('input[name="id"]', this); }
  get row() { return document.activeElement?.closest?.('tr, [data-row]'); }

  key(e) {
    if (root.dataset.shortcuts === 'off' && !this.contains(e.target)) return;
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || composing(e) || inField(e) || $('dialog[open], .menu:popover-open')) return;
    const within = this.contains(document.activeElement), row = within ? this.row : null;
    const step = { j: 1, k: -1, ArrowDown: within && 1, ArrowUp: within && -1 }[e.key];
    if (step) this.move(row, step);
    else if (e.key === 'x' && row) { const box = $('input[name="id"]', row); if (!box) return; box.checked = !box.checked; this.paint(); }
    else if (e.key === 'e' && row) { const first = $('.editable', row); if (!first) return; first.click(); }
    else if (e.key === '.' && row) { const more = $('[aria-haspopup="menu"]', row); if (!more) return; more.click(); }
    else if (e.key === 'Escape' && this.boxes.some(b => b.checked)) { this.boxes.forEach(b => b.checked = false); this.paint(); }
    else if (e.key === 'Escape' && within) document.activeElement.blur();
    else return;
    e.preventDefault();
  }
  move(row, step) {
    const rows = this.rows, to = rows[row ? rows.indexOf(row) + step : step > 0 ? 0 : rows.length - 1];
    rows.forEach(r => r.classList.toggle('kbd', r === to));
    $('.cell-name a, a, button, input', to ?? row ?? this)?.focus();
    to?.scrollIntoView({ block: 'nearest' });
  }
  click(e) {
    const box = e.target.closest('input[name="id"]');
    if (!box) return;
    const boxes = this.boxes, from = boxes.indexOf(this.last), to = boxes.indexOf(box);
    if (e.shiftKey && from >= 0) for (const one of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = box.checked;
    this.last = box;
    this.paint();
  }
  change(e) {
    if (e.target.closest('thead')) this.boxes.forEach(b => b.checked = e.target.checked);
    if (e.target.matches('input[type="checkbox"]')) this.paint();
  }
  paint() {
    const boxes = this.boxes, chosen = boxes.filter(b => b.checked), head = $('thead input[type="checkbox"]', this), bar = $('.bulkbar', this);
    boxes.forEach(b => b.checked ? b.closest('tr').setAttribute('aria-selected', 'true') : b.closest('tr').removeAttribute('aria-selected'));
    if (head) { head.checked = boxes.length > 0 && chosen.length === boxes.length; head.indeterminate = chosen.length > 0 && !head.checked; }
    if (!bar) return;
    if (bar.hidden !== !chosen.length || this.count !== chosen.length) announce(chosen.length ? crm.text('selected', chosen.length) : '');
    this.count = chosen.length;
    bar.hidden = !chosen.length;
    const foot = $('.table-foot', this), number = $('[data-count]', bar);
    if (foot) foot.hidden = !bar.hidden;
    if (number) number.textContent = chosen.length;
  }
}

/* --------------------------------------------------------- filters, typing */
class LiveInput extends Part {
  start() {
    this.on('input', e => { clearTimeout(this.wait); if (!e.isComposing) this.wait = setTimeout(() => this.tell(e.target), 250); });
    this.on('compositionend', e => { clearTimeout(this.wait); this.wait = setTimeout(() => this.tell(e.target), 250); });
  }
  tell(field) {
    const text = field.value.trim();
    if (!enough(text) || text === this.told) return;
    this.told = text;
    field.dispatchEvent(new CustomEvent('crm-typed', { bubbles: true }));
  }
}

class FilterBar extends Part {
  start() {
    this.on('change', e => { if (!e.target.closest('[data-manual]')) this.apply(e.target.form); });
    this.on('crm-typed', e => this.show(e.target.form));
    this.on('click', e => { for (const open of $$('details[open]', this)) if (!open.contains(e.target)) open.open = false; }, document);
    this.on('keydown', e => { const open = e.key === 'Escape' && !composing(e) && e.target.closest('details[open]'); if (open) { open.open = false; $('summary', open).focus(); } });
  }
  /** While someone types only the rows change: what he types in stays as it is. */
  async show(form) {
    const { part, also } = form.dataset, old = $(part);
    if (!old) { this.apply(form); return; }
    const asked = [...new FormData(form)].filter(([name, value]) => value !== '' && !name.startsWith('add.'));
    const address = form.action + (asked.length ? `?${new URLSearchParams(asked)}` : '');
    this.going?.abort();
    this.going = new AbortController();
    old.classList.add('htmx-request');
    const answer = await request(address, { signal: this.going.signal });
    if (!answer) return;
    const came = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const one of [part, also]) if ($(one, came)) $(one).replaceWith(document.adoptNode($(one, came)));
    history.replaceState(null, '', address);
    settled($(part));
  }
  apply(form) { clearTimeout(this.wait); this.wait = setTimeout(() => { saved = true; form?.requestSubmit(); }, 120); }
}

/* ------------------------------------------------------------ menu, dialog */
class Menu extends Part {
  start() {
    this.button = $('button[popovertarget]', this);
    this.menu = $('[popover]', this);
    if (!this.button || !this.menu) return;
    this.on('click', e => { if (this.button.contains(e.target)) { e.preventDefault(); this.toggle(); } });
    this.on('keydown', e => this.key(e));
    this.on('scroll', () => this.menu.matches(':popover-open') && place(this.menu, this.button), window);
  }
  get items() { return $$('[role^="menuitem"]', this.menu); }
  toggle() {
    this.menu.togglePopover();
    if (!this.menu.matches(':popover-open')) return;
    place(this.menu, this.button);
    this.items[0]?.focus();
  }
  key(e) {
    if (composing(e)) return;
    const open = this.menu.matches(':popover-open'), items = this.items, at = items.indexOf(document.activeElement);
    if (!open) { if (e.key === 'ArrowDown' && e.target === this.button) { e.preventDefault(); this.toggle(); } return; }
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[e.key];
    if (e.key === 'Escape') { this.menu.hidePopover(); this.button.focus(); }
    else if (e.key === 'Tab') { this.menu.hidePopover(); return; }
    else if (to !== undefined) items.at(to % items.length)?.focus();
    else if (e.key.length === 1 && !e.ctrlKey && !e.metaKey && !e.altKey && e.key !== ' ') {
      const letter = e.key.toLocaleLowerCase(), begins = i => i.textContent.trim().toLocaleLowerCase().startsWith(letter);
      [...items.slice(at + 1), ...items.slice(0, at + 1)].find(begins)?.focus();
    } else return;
    e.preventDefault();
    e.stopPropagation();
  }
}

class Dialog extends Part {
  start() {
    this.dialog = $('dialog', this);
    this.on('cancel', e => { if (e.target === this.dialog && !this.mayClose()) e.preventDefault(); });
    this.on('click', e => { if (e.target === this.dialog && this.mayClose()) this.dialog.close(); });
    this.on('close', () => { this.typed = false; if (this.remote) this.dialog.replaceChildren(); }, this.dialog);
    this.on('input', () => this.typed = true);
    this.on('submit', e => this.submit(e));
  }
  get remote() { return this.id === 'dialog'; }
  mayClose() { return !this.typed || confirm(texts.leave); }

  /** Shows a page's fragment; its form is answered in here too. */
  async open(address) {
    const answer = await request(address, { target: 'dialog' });
    if (answer) { this.fill(await answer.text()); if (!this.dialog.open) this.dialog.showModal(); this.focusFirst(); }
  }
  fill(html) {
    this.dialog.innerHTML = html;
    window.htmx?.process(this.dialog);
    discover(this.dialog);
    const head = $('h1, h2', this.dialog);
    if (head) { head.id ||= 'dialog-title'; this.dialog.setAttribute('aria-labelledby', head.id); }
  }
  focusFirst() { $('.errors, [autofocus], .dialog-b :is(input:not([type=hidden]), select, textarea), form :is(input:not([type=hidden]), select, textarea)', this.dialog)?.focus(); }
  async submit(e) {
    const form = e.target;
    if (!this.remote || e.defaultPrevented || form.method !== 'post') return;
    e.preventDefault();
    const body = new FormData(form, e.submitter), button = e.submitter;
    button?.setAttribute('aria-disabled', 'true');
    const answer = this.sending ? null : await (this.sending = request(form.action, { method: 'POST', body, target: 'dialog', typed: true }));
    this.sending = null;
    button?.removeAttribute('aria-disabled');
    if (!answer) return;
    if (answer.redirected) { leave(answer.url); return; }
    if (answer.ok) { this.dialog.close(); complainOrSwap(await answer.text()); return; }
    this.fill(await answer.text());
    this.focusFirst();
  }
}
function complainOrSwap(html) { if (html.includes('class="toast')) complain(html); }

/* ------------------------------------------------------------------ toasts */
class Toasts extends Part {
  start() {
    new MutationObserver(() => this.arm()).observe(this, { childList: true });
    this.on('click', e => { if (e.target.closest('.toast-x')) e.target.closest('.toast').remove(); });
    this.arm();
  }
  arm() {
    const shown = $$('.toast', this);
    shown.slice(0, -3).forEach(t => t.remove());
    for (const one of shown.filter(t => !t.dataset.armed)) {
      one.dataset.armed = '1';
      const look = () => one.matches(':hover, :focus-within') ? setTimeout(look, 2000) : one.remove();
      setTimeout(look, 8000);
    }
  }
}

/* ------------------------------------------------------------- time, theme */
function refreshTimes() {
  for (const time of $$('time[data-relative]')) {
    const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000);
    if (minutes >= 0 && minutes < 60) time.textContent = minutes < 1 ? texts.now : crm.text('minutes', minutes);
  }
}

class Theme extends Part {
  start() {
    this.on('submit', async e => {
      e.preventDefault();
      const chosen = e.submitter.value;
      $$('button[name]', this).forEach(b => b.setAttribute('aria-checked', String(b.value === chosen)));
      if (chosen === 'system') delete root.dataset.theme; else root.dataset.theme = chosen;
      await request(e.target.action, { method: 'POST', body: new FormData(e.target, e.submitter) });
    });
  }
}

/* --------------------------------------------------------------- shortcuts */
let first = null; // g or c, waiting for its second letter
addEventListener('keydown', e => {
  if (e.defaultPrevented || composing(e)) return;
  const key = e.key.length === 1 ? e.key.toLowerCase() : e.key, control = e.ctrlKey || e.metaKey;
  const act = element => { if (element) { e.preventDefault(); element.focus?.(); element.click(); } };

  if (control && key === 'k' && !e.altKey && !e.shiftKey) { e.preventDefault(); openPalette(); return; }
  if (control && key === 'Enter') { const form = e.target.closest?.('form'); if (form) { e.preventDefault(); form.requestSubmit(); } return; }
  if (e.altKey && !control && /^Digit[1-9]$/.test(e.code)) { act($$('.views > a')[e.code.at(-1) - 1]); return; }
  if (control && key === 'z' && !inField(e)) { act($$('.toast [data-undo]').at(-1)); return; }
  if (key === 'Escape' && $('.sidebar.open')) { drawer(false); return; }
  if (control || e.altKey || inField(e) || root.dataset.shortcuts === 'off' || $('dialog[open], .menu:popover-open')) { first = null; return; }

  if (first) { const [kind, second] = [first, key]; first = null; act($(`[data-${kind}="${CSS.escape(second)}"]`)); return; }
  if (key === 'g') { first = 'go'; setTimeout(() => first = null, 1500); }
  else if (key === 'c') { first = 'new'; setTimeout(() => first = null, 1500); }
  else if (key === '/') { const box = $('[aria-keyshortcuts="/"]'); if (box) { e.preventDefault(); box.focus(); box.select?.(); } }
  else if (e.key === '?') { const keys = $('#keys'); if (keys) { e.preventDefault(); keys.showModal(); } }
  else if (key === '[') act($('a[rel="prev"]'));
  else if (key === ']') act($('a[rel="next"]'));
  else if (/^[a-z0-9]$/.test(key)) act($(`[data-key="${key}"]`));
});

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
  const opener = at('[data-open]'), remote = at('a[data-dialog]');
  if (at('.menu-btn')) { e.preventDefault(); drawer(true); }
  else if (at('.scrim, .nav-close')) { e.preventDefault(); drawer(false); }
  else if (opener?.dataset.open === 'palette') { e.preventDefault(); openPalette(); }
  else if (opener) { const dialog = document.getElementById(opener.dataset.open); if (dialog?.showModal) { e.preventDefault(); dialog.showModal(); } }
  else if (at('[data-close]')) { e.preventDefault(); at('dialog')?.close(); }
  else if (remote && !phone.matches && $('#dialog')) { e.preventDefault(); $('#dialog').open(remote.href); }
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
document.addEventListener('htmx:beforeOnLoad', e => { if (e.detail.xhr.status === 401 && typing()) e.preventDefault(); });
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

for (const [name, kind] of Object.entries({ 'crm-table': Table, 'crm-live-input': LiveInput, 'crm-filterbar': FilterBar, 'crm-menu': Menu, 'crm-dialog': Dialog, 'crm-toasts': Toasts, 'crm-theme': Theme }))
  customElements.define(name, kind);
discover();
refreshTimes();
setInterval(refreshTimes, 60000);
