// Lines at the foot of the page go by themselves, not while somebody reads them.
export default ({ $$, Part }) => {
  class Toasts extends Part {
    start() {
      new MutationObserver(() => this.arm()).observe(this, { childList: true });
      this.on('click', e => { if (e.target.closest('.toast-x')) e.target.closest('.toast').remove(); });
      this.arm();
    }
    arm() {
      const shown = $$('.toast', this);
      shown.slice(0, -3).forEach(t => t.remove());
      for (const one of shown.filter(t => !t.dataset.armed)) {
        one.dataset.armed = '1';
        const look = () => one.matches(':hover, :focus-within') ? setTimeout(look, 2000) : one.remove();
        setTimeout(look, 8000);
      }
    }
  }

  customElements.define('crm-toasts', Toasts);
};
