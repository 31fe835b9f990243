// Search and commands: a dialog with a combobox over the server's answer, loaded at the first Ctrl+K.
export default ({ $, $$, Part, request, composing, enough }) => {
  class Palette extends Part {
    start() {
      this.dialog = $('dialog', this);
      this.box = $('input[role="combobox"]', this);
      this.list = $('.palette-list', this);
      this.said = $('[role="status"]', this);
      this.on('input', e => { if (!e.isComposing) this.typed(); });
      this.on('compositionend', () => this.typed());
      this.on('keydown', e => this.key(e));
      this.on('submit', e => { if (this.chosen) { e.preventDefault(); this.go(this.chosen); } });
      this.on('click', e => { if (e.target === this.dialog) this.dialog.close(); this.go(e.target.closest('[role="option"]'), e.ctrlKey || e.metaKey); });
      this.on('auxclick', e => { if (e.button === 1) this.go(e.target.closest('[role="option"]'), true); });
      this.on('mousemove', e => { const over = e.target.closest('[role="option"]'); if (over) this.choose(over, false); });
    }

    get options() { return $$('[role="option"]', this.list); }
    get chosen() { return $('[role="option"][aria-selected="true"]', this.list); }

    open() {
      if (this.dialog.open) { this.dialog.close(); return; }
      this.dialog.showModal();
      this.box.select();
      this.ask();
    }

    typed() { clearTimeout(this.wait); this.wait = setTimeout(() => this.ask(), 120); }

    async ask() {
      const text = this.box.value.trim();
      if (!enough(text.replace(/^[>@#]/, ''))) return;
      this.asked?.abort();
      this.asked = new AbortController();
      const here = encodeURIComponent(location.pathname);
      const answer = await request(`${this.dataset.src}?q=${encodeURIComponent(text)}&on=${here}`, { signal: this.asked.signal });
      if (!answer) return;
      this.list.innerHTML = await answer.text();
      const found = $('[role="listbox"]', this.list), all = $('.palette-foot [data-all]', this);
      if (found) { found.id = 'palette-results'; this.said.textContent = found.dataset.announce ?? ''; }
      if (all) { all.textContent = found?.dataset.all ?? ''; all.href = `${this.dataset.all}?q=${encodeURIComponent(text)}`; all.hidden = !found?.dataset.all; }
      this.choose(this.options[0]);
    }

    choose(option, scroll = true) {
      this.chosen?.setAttribute('aria-selected', 'false');
      this.box.setAttribute('aria-expanded', String(Boolean(option)));
      if (!option) { this.box.removeAttribute('aria-activedescendant'); return; }
      option.id ||= `palette-${this.options.indexOf(option)}`;
      option.setAttribute('aria-selected', 'true');
      this.box.setAttribute('aria-activedescendant', option.id);
      if (scroll) option.scrollIntoView({ block: 'nearest' });
    }

    key(e) {
      if (composing(e)) return;
      const options = this.options, at = options.indexOf(this.chosen), last = options.length - 1;
      const to = {
        ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1,
        PageDown: Math.min(at + 8, last), PageUp: Math.max(at - 8, 0),
      }[e.key];
      if (to !== undefined) this.choose(options[to]);
      else if (e.key === 'Enter' && this.chosen) this.go(this.chosen, e.ctrlKey || e.metaKey);
      else return;
      e.preventDefault();
      e.stopPropagation();
    }

    go(option, newTab = false) {
      const address = option?.dataset.href;
      if (!address) return;
      if (newTab) { open(address, '_blank', 'noopener'); return; }
      this.dialog.close();
      location.assign(address);
    }
  }
  customElements.define('crm-palette', Palette);
};
