// Tells that somebody stopped typing: <crm-live-input> around a text box; says "crm-typed" of what is long enough to ask about.
export default ({ Part, enough }) => {
  class LiveInput extends Part {
    start() {
      const field = this.querySelector('input');
      if (field.value !== field.defaultValue) this.soon(field); // typed before this file was here
      this.on('input', e => { clearTimeout(this.wait); if (!e.isComposing) this.soon(e.target); });
      this.on('compositionend', e => this.soon(e.target));
    }
    soon(field) { clearTimeout(this.wait); this.wait = setTimeout(() => this.tell(field), 250); }
    tell(field) {
      const text = field.value.trim();
      if (!enough(text) || text === this.told) return;
      this.told = text;
      field.dispatchEvent(new CustomEvent('crm-typed', { bubbles: true }));
    }
  }

  customElements.define('crm-live-input', LiveInput);
};
