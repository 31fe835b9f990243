// Editing one value where it stands: <crm-inline data-edit="address of the small form"><a class="editable" href="full form">value</a></crm-inline>
export default ({ $, $$, Part, request, composing, settled }) => {
  /** What is said elsewhere on the page of the same record is asked for anew: its head, and the version that its menu acts on. */
  async function follow() {
    const parts = $$('[data-follows]');
    const answer = parts.length > 0 && await request(location.href, { quiet: true });
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    $$('[data-follows]', page).forEach((fresh, at) => { parts[at]?.replaceWith(fresh); settled(fresh); });
  }

  class Inline extends Part {
    start() {
      this.on('click', e => { if (e.target.closest('.editable') && !e.ctrlKey && !e.metaKey) { e.preventDefault(); this.open(); } });
      this.on('keydown', e => this.key(e));
      this.on('submit', e => { e.preventDefault(); e.stopPropagation(); this.save(); });
      this.on('focusout', e => { if (this.form && !this.changed && e.relatedTarget && !this.contains(e.relatedTarget)) this.restore(false); });
    }

    get form() { return $('form', this); }
    get controls() { return $$('input:not([type=hidden]), select, textarea', this).filter(c => c.offsetParent); }
    get changed() { return this.form && new URLSearchParams(new FormData(this.form)).toString() !== this.was; }

    async open() {
      if (this.form || this.opening) return;
      this.opening = true;
      const answer = await request(this.dataset.edit);
      this.opening = false;
      if (!answer) return;
      this.value = this.innerHTML;
      this.innerHTML = await answer.text();
      this.was = new URLSearchParams(new FormData(this.form)).toString();
      this.focusField();
    }

    focusField() {
      const field = $('input:not([type=hidden]), select, textarea', this);
      field?.focus();
      if (field?.matches('input[type=text], input:not([type]), textarea')) field.select();
    }

    key(e) {
      if (composing(e)) return;
      if (!this.form) { if (e.key === 'F2') { e.preventDefault(); this.open(); } return; }
      if (e.key === 'Escape') { e.preventDefault(); e.stopPropagation(); this.restore(true); }
      else if (e.key === 'Enter' && e.target.matches('input, select') && !e.ctrlKey) { e.preventDefault(); this.save(); }
      else if (e.key === 'Tab' && e.target === this.controls.at(e.shiftKey ? 0 : -1)) {
        const all = $$('crm-inline'), next = all[all.indexOf(this) + (e.shiftKey ? -1 : 1)];
        e.preventDefault();
        if (this.changed) this.save(next); else { this.restore(!next); next?.open(); }
      }
    }

    restore(focus) {
      this.innerHTML = this.value;
      if (focus) $('.editable', this)?.focus();
    }

    /** Sends the field with the version it was shown in; a refusal comes back as the same small form with its reason. */
    async save(next) {
      if (this.sending) return;
      const { form } = this;
      this.sending = true;
      const answer = await request(form.action, { method: 'POST', body: new FormData(form), typed: true });
      this.sending = false;
      if (!answer) return;
      const html = await answer.text();
      if (!answer.ok) { this.innerHTML = html; this.focusField(); return; }

      const all = $$('crm-inline'), at = all.indexOf(this), nextAt = all.indexOf(next);
      if (window.htmx) window.htmx.swap(this, html, { swapStyle: 'outerHTML' }); else this.outerHTML = html;
      const now = $$('crm-inline')[at];
      $('.editable', now)?.classList.add('ticked');
      setTimeout(() => $('.editable', now)?.classList.remove('ticked'), 1200);
      if (nextAt >= 0) $$('crm-inline')[nextAt]?.open(); else $('.editable', now)?.focus();
      await follow();
    }
  }
  customElements.define('crm-inline', Inline);
};
