// Who this might be already: asks while the form is typed and shows the server's list of matches under it.
export default ({ Part, request }) => {
  class Duplicates extends Part {
    start() {
      this.form = this.closest('form');
      this.watched = (this.dataset.fields ?? '').split(',').filter(Boolean);
      if (!this.form) return;
      this.on('input', e => { if (!e.isComposing && this.watches(e.target)) this.typed(); }, this.form);
      this.on('change', e => { if (e.target.name === 'different') this.ask(); }); // said to be another one: it goes, the next one shows
      this.on('compositionend', e => { if (this.watches(e.target)) this.typed(); }, this.form);
    }

    watches(field) { return field.name && !this.contains(field) && (!this.watched.length || this.watched.includes(field.name)); }

    typed() { clearTimeout(this.wait); this.wait = setTimeout(() => this.ask(), 300); }

    async ask() {
      const body = new FormData(this.form), now = new URLSearchParams(body).toString();
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
      if (now === this.asked) return;
      this.asked = now;
      this.going?.abort();
      this.going = new AbortController();
      const answer = await request(this.dataset.src, { method: 'POST', body, signal: this.going.signal });
      if (!answer?.ok) return;
      const inside = this.contains(document.activeElement);
      this.innerHTML = await answer.text();
      if (inside) (this.querySelector('a, input:not([type=hidden])') ?? this.form.querySelector('[type=submit]'))?.focus();
    }
  }
  customElements.define('crm-duplicates', Duplicates);
};
