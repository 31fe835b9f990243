// Rows under the keyboard, and choosing several: <crm-table> around a table, or around blocks with data-row.
export default ({ $, $$, Part, announce, composing, discover, inField, request, text }) => {
  class Table extends Part {
    start() {
      this.on('keydown', e => this.key(e), document);
      this.on('click', e => this.click(e));
      this.on('change', e => this.change(e));
      document.addEventListener('click', e => this.hold(e), { capture: true, signal: this.gone.signal });
      this.learn();
      if (matchMedia('(min-width: 761px)').matches) this.edit();
    }
    /** Values that can be changed where they stand: the head says of which columns, the row that it may be. */
    edit() {
      const heads = $$('thead th', this);
      for (const row of $$('tr.open', this)) for (const [i, head] of heads.entries()) {
        const cell = row.cells[i];
        if (!head.dataset.edit || $('a, crm-inline', cell)) continue;
        const inline = document.createElement('crm-inline'), button = Object.assign(document.createElement('button'), { type: 'button', className: 'editable', title: head.dataset.title });
        inline.dataset.edit = `${$('.cell-name a', row).pathname}/fields/${head.dataset.edit}`;
        button.append(...cell.childNodes);
        inline.append(button);
        cell.append(inline);
      }
      discover(this);
    }
    get rows() { return $$('tbody tr, [data-row]', this); }
    get boxes() { return $$('input[name="id"]', this); }
    get row() { return document.activeElement?.closest?.('tr, [data-row]'); }

    key(e) {
      if (document.documentElement.dataset.shortcuts === 'off' && !this.contains(e.target)) return;
      if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || composing(e) || inField(e) || $('dialog[open], .menu:popover-open')) return;
      const within = this.contains(document.activeElement), row = within ? this.row : null;
      const step = { j: 1, k: -1, ArrowDown: within && 1, ArrowUp: within && -1 }[e.key];
      if (step) this.move(row, step);
      else if (e.key === 'x' && row) { const box = $('input[name="id"]', row); if (!box) return; box.checked = !box.checked; this.last = box; this.tell(); }
      else if ((e.key === ' ' || e.key === 'p') && row && 'preview' in this.dataset && !document.activeElement.matches('button, input')) $('#dialog').open(`${$('.cell-name a', row).pathname}/preview`, true);
      else if (e.key === 'e' && row) { const first = $('.editable', row); if (!first) return; first.click(); }
      else if (e.key === '.' && row) { const more = $('[aria-haspopup="menu"]', row); if (!more) return; more.click(); }
      else if (e.key === 'Escape' && this.chosen) this.clear();
      else if (e.key === 'Escape' && within) document.activeElement.blur();
      else return;
      e.preventDefault();
    }
    move(row, step) {
      const rows = this.rows, to = rows[row ? rows.indexOf(row) + step : step > 0 ? 0 : rows.length - 1];
      rows.forEach(r => r.classList.toggle('kbd', r === to));
      $('.cell-name a, a, button, input:not([name="id"])', to ?? row ?? this)?.focus();
      to?.scrollIntoView({ block: 'nearest' });
    }

    click(e) {
      const button = e.target.closest(`button[form="${this.form?.id}"]`);
      if (button) {
        e.preventDefault();
        if (button.name === 'Clear') this.clear();
        if (button.name === 'All') { this.boxes.forEach(b => b.checked = true); this.tell(button); }
        return;
      }
      const box = e.target.closest('input[name="id"]');
      if (!box) return;
      const boxes = this.boxes, from = boxes.indexOf(this.last), to = boxes.indexOf(box);
      if (e.shiftKey && from >= 0) for (const one of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = box.checked;
      this.last = box;
    }
    change(e) {
      if (e.target.closest('thead')) this.boxes.forEach(b => b.checked = e.target.checked);
      if (e.target.matches('input[type="checkbox"]')) this.tell();
    }
    clear() {
      const bar = this.bar.contains(document.activeElement);
      this.boxes.forEach(b => b.checked = false);
      this.tell($('button[name="Clear"]', this.bar));
      if (bar) (this.boxes[0] ?? this).focus();
    }

    /* ------------------------------------------ what is chosen, also on other pages */
    get form() { return document.getElementById(this.boxes[0]?.getAttribute('form')); }
    get bar() { return $('.bulkbar', this); }
    get ticked() { return this.boxes.filter(b => b.checked); }

    /** What the server knows: so many are chosen, these of them on this page. */
    learn() {
      const count = $('#chosen [data-count]', this)?.dataset.count;
      this.known = new Set(this.ticked.map(b => b.value));
      this.others = count === undefined ? null : count - this.known.size;
      this.paint();
    }
    /** Tells it what is ticked now; one request after the other, a waiting one takes along what is ticked meanwhile. */
    tell(button) {
      this.paint(button);
      if (button) this.button = button;
      if (this.waiting || !this.form) return;
      this.waiting = true;
      this.busy = (this.busy ?? Promise.resolve()).then(() => this.send()).finally(() => { if (!this.waiting) this.busy = null; });
    }
    async send() {
      this.waiting = false;
      const body = new FormData(this.form), button = this.button;
      this.button = null;
      if (button) body.append(button.name, button.value);
      const answer = await request(this.form.action, { method: 'POST', body });
      if (this.waiting) return;
      if (answer?.ok) this.say(await answer.text());
      else this.boxes.forEach(b => b.checked = this.known.has(b.value));
      this.learn();
    }
    say(html) {
      const focused = $('#chosen', this).contains(document.activeElement);
      $('#chosen', this).innerHTML = html;
      if (focused) $('#chosen button, .bulkbar a', this)?.focus();
    }
    /** Who goes on before the server knows what is ticked waits for it. */
    async hold(e) {
      const link = e.target.closest?.('a[href]');
      if (!link || !this.busy || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey) return;
      e.preventDefault();
      e.stopPropagation();
      await this.busy;
      link.click();
    }

    paint(button) {
      const boxes = this.boxes, ticked = this.ticked, head = $('thead input[type="checkbox"]', this);
      for (const box of boxes) box.closest('tr').classList.toggle('chosen', box.checked);
      if (head) { head.checked = boxes.length > 0 && ticked.length === boxes.length; head.indeterminate = ticked.length > 0 && !head.checked; }
      if (!this.bar) return;
      const before = this.chosen, others = button?.name === 'Clear' ? 0 : this.others;
      this.chosen = others === null || button?.name === 'All' ? true : others + ticked.length;
      this.bar.toggleAttribute('data-empty', !this.chosen);
      $('.table-foot', this).hidden = !!this.chosen;
      const number = $('[data-count]', this.bar);
      if (number && typeof this.chosen === 'number') number.textContent = this.chosen.toLocaleString(document.documentElement.lang);
      if (before !== undefined && before !== this.chosen) announce(this.chosen ? $('#chosen span', this).textContent : '');
    }
  }

  customElements.define('crm-table', Table);
};
