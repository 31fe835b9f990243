// Light or dark at once, without a new page: <crm-theme> around the form of the switch.
export default ({ $$, Part, request }) => {
  class Theme extends Part {
    start() {
      this.on('submit', async e => {
        e.preventDefault();
        const chosen = e.submitter.value;
        $$('button[name]', this).forEach(b => b.setAttribute('aria-checked', String(b.value === chosen)));
        if (chosen === 'system') delete document.documentElement.dataset.theme; else document.documentElement.dataset.theme = chosen;
        await request(e.target.action, { method: 'POST', body: new FormData(e.target, e.submitter) });
      });
    }
  }

  customElements.define('crm-theme', Theme);
};
