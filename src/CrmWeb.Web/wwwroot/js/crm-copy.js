// <crm-copy data-text="…"><button class="copy js-only" aria-label="Copy">icon</button></crm-copy>
export default ({ Part, texts, toast }) => {
  class Copy extends Part {
    start() { this.on('click', e => { if (e.target.closest('button')) this.copy(); }); }
    async copy() {
      try {
        await navigator.clipboard.writeText(this.dataset.text);
        toast(texts.copied);
      } catch {
        toast(texts.failed, true);
      }
    }
  }
  customElements.define('crm-copy', Copy);
};
