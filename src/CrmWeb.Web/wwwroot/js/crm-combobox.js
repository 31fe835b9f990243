// Choosing a record by typing: a text field over a hidden value, at most ten answers of the server at a time.
export default ({ $, Part, request, composing, enough, text, texts }) => {
  let made = 0;

  class Combobox extends Part {
    start() {
      this.value = $('input[type="hidden"]', this);
      this.box = $('input[role="combobox"]', this);
      this.shown = this.box.value;
      this.list = Object.assign(document.createElement('div'), { className: 'combo-list', hidden: true, id: `combo-${++made}` });
      this.list.setAttribute('role', 'listbox');
      this.list.setAttribute('aria-label', this.box.labels[0]?.textContent ?? '');
      this.said = Object.assign(document.createElement('span'), { className: 'vh' });
      this.said.setAttribute('role', 'status');
      this.append(this.list, this.said);
      this.box.setAttribute('aria-controls', this.list.id);
      this.clear = $('.combo-x', this);
      this.paint();

      this.on('input', e => { if (e.target === this.box && !e.isComposing) this.typed(); });
      this.on('compositionend', () => this.typed());
      this.on('keydown', e => this.key(e));
      this.on('focusout', e => { if (!this.contains(e.relatedTarget)) this.settle(); });
      this.on('mousedown', e => { if (e.target.closest('[role="option"]')) e.preventDefault(); });
      this.on('click', e => {
        const option = e.target.closest('[role="option"]');
        if (option) this.take(option);
        else if (e.target.closest('.combo-x')) { this.set('', ''); this.box.focus(); }
        else if (e.target === this.box && this.list.hidden) this.ask();
      });
    }

    get options() { return [...this.list.children].filter(o => o.role === 'option'); }
    get chosen() { return this.options.find(o => o.ariaSelected === 'true'); }

    typed() { clearTimeout(this.wait); this.wait = setTimeout(() => this.ask(), 200); }

    async ask() {
      const q = this.box.value === this.shown ? '' : this.box.value.trim();
      if (!enough(q)) return;
      this.asked?.abort();
      this.asked = new AbortController();
      const mark = this.dataset.src.includes('?') ? '&' : '?';
      const answer = await request(`${this.dataset.src}${mark}q=${encodeURIComponent(q)}`, { accept: 'application/json', signal: this.asked.signal });
      if (!answer || !this.contains(document.activeElement)) return;
      this.show(await answer.json());
    }

    show(found) {
      this.list.replaceChildren(...found.map((one, at) => {
        const option = document.createElement('div');
        option.id = `${this.list.id}-${at}`;
        option.role = 'option';
        option.ariaSelected = 'false';
        option.dataset.id = one.id;
        option.dataset.title = one.title;
        const name = document.createElement('span');
        name.textContent = one.title;
        option.append(name);
        if (one.sub) option.append(Object.assign(document.createElement('small'), { textContent: one.sub }));
        return option;
      }));
      if (!found.length) this.list.append(Object.assign(document.createElement('div'), { className: 'none', textContent: texts.noMatch }));
      this.said.textContent = found.length ? text(found.length === 1 ? 'resultsOne' : 'results', found.length) : texts.noMatch;
      this.open(true);
      if (this.box.value !== this.shown) this.choose(this.options[0]);
    }

    open(wanted) {
      this.list.hidden = !wanted;
      this.box.setAttribute('aria-expanded', String(wanted));
      if (!wanted) this.box.removeAttribute('aria-activedescendant');
    }

    choose(option) {
      if (this.chosen) this.chosen.ariaSelected = 'false';
      if (!option) return;
      option.ariaSelected = 'true';
      this.box.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    }

    key(e) {
      if (composing(e) || e.target !== this.box) return;
      const open = !this.list.hidden, options = this.options, at = options.indexOf(this.chosen);
      if (e.key === 'ArrowDown' && !open) this.ask();
      else if (open && e.key === 'ArrowDown') this.choose(options[(at + 1) % options.length]);
      else if (open && e.key === 'ArrowUp') this.choose(options.at(at <= 0 ? -1 : at - 1));
      else if (open && e.key === 'Enter' && this.chosen) this.take(this.chosen);
      else if (open && e.key === 'Escape') this.settle();
      else return;
      e.preventDefault();
      e.stopPropagation();
    }

    take(option) { this.set(option.dataset.id, option.dataset.title); this.box.focus(); }

    set(id, title) {
      this.value.value = id;
      this.box.value = this.shown = title;
      this.open(false);
      this.paint();
      this.value.dispatchEvent(new Event('change', { bubbles: true }));
    }

    /** What was typed and not chosen is no choice: an emptied field clears, anything else goes back. */
    settle() {
      this.asked?.abort();
      this.open(false);
      if (this.box.value.trim() === '' && this.value.value) this.set('', '');
      else this.box.value = this.shown;
    }

    paint() { if (this.clear) this.clear.hidden = !this.value.value; }
  }
  customElements.define('crm-combobox', Combobox);
};
