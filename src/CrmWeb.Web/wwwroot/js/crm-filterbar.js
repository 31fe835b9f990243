// A list is filtered as its conditions change: <crm-filterbar> around the filter form, whose data-part names what typing replaces.
export default ({ $, $$, Part, composing, request, settled }) => {
  class FilterBar extends Part {
    start() {
      const quick = $('[name=q]', this);
      if (quick.value !== quick.defaultValue) this.show(quick.form); // typed before this file was here
      $('details[open] :is(select, input:not([type=hidden]))', this)?.focus();
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
    apply(form) { clearTimeout(this.wait); this.wait = setTimeout(() => form?.requestSubmit(), 120); }
  }

  customElements.define('crm-filterbar', FilterBar);
};
