// Writing down what happened: tabs over the forms the page holds, text that grows, drafts that outlive a reload.
export default ({ $, $$, Part, composing, text }) => {
  const grows = CSS.supports('field-sizing', 'content');

  class Composer extends Part {
    start() {
      this.on('click', e => { const tab = e.target.closest('[role="tab"]'); if (tab && !e.ctrlKey && !e.metaKey) { e.preventDefault(); this.show(tab, true); } });
      this.on('keydown', e => this.key(e));
      this.on('focusin', e => { if (e.target.closest('form')) this.classList.add('open'); });
      this.on('input', e => this.typed(e.target));
      this.on('submit', e => { if (!e.defaultPrevented) sessionStorage.removeItem(this.place(e.target)); });
      this.on('htmx:afterRequest', e => { const form = e.target.closest('form'); if (e.detail.successful && form) { sessionStorage.removeItem(this.place(form)); form.reset(); this.classList.remove('open'); } });
      this.show($('[role="tab"][aria-selected="true"]', this) ?? $('[role="tab"]', this), false);
      for (const form of $$('form', this)) this.recall(form);
    }

    get tabs() { return $$('[role="tab"]', this); }
    place(form) { return `crm-draft ${location.pathname} ${form.closest('[role="tabpanel"]')?.id ?? form.id}`; }

    show(tab, focus) {
      if (!tab) return;
      for (const one of this.tabs) {
        const panel = document.getElementById(one.getAttribute('aria-controls'));
        one.setAttribute('aria-selected', String(one === tab));
        one.tabIndex = one === tab ? 0 : -1;
        if (!panel) continue;
        panel.hidden = one !== tab;
        if (one === tab && focus) { this.classList.add('open'); $('textarea, input:not([type=hidden])', panel)?.focus(); }
      }
    }

    key(e) {
      if (composing(e)) return;
      const tabs = this.tabs, at = tabs.indexOf(e.target);
      if (at < 0) { if (e.key === 'Escape' && !this.dirty) { this.classList.remove('open'); e.target.blur(); } return; }
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[e.key];
      if (to === undefined) return;
      e.preventDefault();
      const tab = tabs.at(to % tabs.length);
      this.show(tab, false);
      tab.focus();
    }

    get dirty() { return $$('textarea', this).some(t => t.value.trim()); }

    typed(field) {
      if (!grows && field.matches('textarea')) { field.style.height = 'auto'; field.style.height = `${field.scrollHeight}px`; }
      clearTimeout(this.wait);
      this.wait = setTimeout(() => this.keep(field.closest('form')), 2000);
    }

    keep(form) {
      if (!form) return;
      const texts = Object.fromEntries($$('textarea, input[type=text], input:not([type])', form).filter(f => f.name && f.value.trim()).map(f => [f.name, f.value]));
      if (!Object.keys(texts).length) { sessionStorage.removeItem(this.place(form)); return; }
      sessionStorage.setItem(this.place(form), JSON.stringify(texts));
      const said = $('[data-draft]', form);
      if (said) said.textContent = text('draftKept');
    }

    recall(form) {
      const kept = sessionStorage.getItem(this.place(form));
      if (!kept) return;
      for (const [name, value] of Object.entries(JSON.parse(kept))) {
        const field = form.elements[name];
        if (field && !field.value) { field.value = value; this.typed(field); }
      }
    }
  }
  customElements.define('crm-composer', Composer);
};
