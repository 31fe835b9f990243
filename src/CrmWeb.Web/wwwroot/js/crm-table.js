// Rows under the keyboard, and choosing several: <crm-table> around a table, or around blocks with data-row.
export default ({ $, $$, Part, announce, composing, inField, text }) => {
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
      if (document.documentElement.dataset.shortcuts === 'off' && !this.contains(e.target)) return;
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
      if (bar.hidden !== !chosen.length || this.count !== chosen.length) announce(chosen.length ? text('selected', chosen.length) : '');
      this.count = chosen.length;
      bar.hidden = !chosen.length;
      const foot = $('.table-foot', this), number = $('[data-count]', bar);
      if (foot) foot.hidden = !bar.hidden;
      if (number) number.textContent = chosen.length;
    }
  }

  customElements.define('crm-table', Table);
};
