// Shortcuts of every page, beside the list that explains them: <crm-keys> around the dialog #keys.
export default ({ $, $$, Part, composing, inField }) => {
  class Keys extends Part {
    start() { this.on('keydown', e => { if (!e.defaultPrevented && !composing(e) && this.key(e)) e.preventDefault(); }, window); }

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
    }

    single(key, typed) {
      if (key === 'g' || key === 'c') return this.wait(key === 'g' ? 'go' : 'new');
      if (key === '/') return this.filter($('[aria-keyshortcuts="/"]'));
      if (typed === '?') { $('#keys').showModal(); return true; }
      if (key === '[') return this.go($('a[rel="prev"]'));
      if (key === ']') return this.go($('a[rel="next"]'));
      return /^[a-z0-9]$/.test(key) && this.go($(`[data-key="${key}"]`));
    }

    /** g and c wait for the letter that says where to, or what. */
    wait(first) {
      this.first = first;
      setTimeout(() => this.first = null, 1500);
      return false;
    }
    second(key) {
      const { first } = this;
      this.first = null;
      return this.go($(`[data-${first}="${CSS.escape(key)}"]`));
    }

    filter(box) { box?.focus(); box?.select?.(); return !!box; }
    send(form) { form?.requestSubmit(); return !!form; }
    press(selector) { const pressed = $(selector); pressed?.click(); return !!pressed; }
    go(element) { element?.focus(); element?.click(); return !!element; }
  }
  customElements.define('crm-keys', Keys);
};
