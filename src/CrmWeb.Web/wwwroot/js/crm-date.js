// A date field's calendar, and under it the day that was understood: "next fri", "+3d", 下周一.
export default ({ $, Part, composing, request }) => {
  class DateField extends Part {
    start() {
      this.box = $('input.input', this);
      this.native = $('.date-native', this);
      this.said = $('[role="status"]', this);
      this.on('input', e => { if (e.target === this.box && !e.isComposing) this.typed(); });
      this.on('compositionend', () => this.typed());
      this.on('change', e => { if (e.target === this.native) this.take(); });
      this.on('click', e => { if (e.target.closest('.date-btn')) this.open(); });
      this.on('keydown', e => { if (e.target === this.box && e.key === 'ArrowDown' && e.altKey && !composing(e)) { e.preventDefault(); this.open(); } });
    }

    open() { try { this.native.showPicker(); } catch { this.native.focus(); } }

    take() {
      if (!this.native.value) return;
      const [year, month, day] = this.native.value.split('-').map(Number);
      this.box.value = new Intl.DateTimeFormat(this.dataset.format, { dateStyle: 'short', calendar: 'gregory', numberingSystem: 'latn' })
        .formatToParts(new Date(year, month - 1, day)).map(p => p.type === 'year' ? String(year) : p.value).join('');
      this.box.dispatchEvent(new Event('input', { bubbles: true }));
      this.box.focus();
    }

    typed() { clearTimeout(this.wait); this.wait = setTimeout(() => this.ask(), 300); }

    async ask() {
      this.asked?.abort();
      this.asked = new AbortController();
      const text = this.box.value.trim();
      const answer = text ? await request(`${this.dataset.src}?q=${encodeURIComponent(text)}`, { accept: 'text/plain', signal: this.asked.signal }) : null;
      this.said.textContent = answer?.status === 200 ? await answer.text() : '';
    }
  }
  customElements.define('crm-date', DateField);
};
