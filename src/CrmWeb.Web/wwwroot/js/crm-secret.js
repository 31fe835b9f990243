// Shows and hides a password: <crm-secret class="secret"><input type="password"><button type="button" class="js-only" aria-pressed="false" aria-label="Show password">icon</button></crm-secret>
export default ({ $, Part }) => {
  class Secret extends Part {
    start() {
      this.on('click', e => {
        const button = e.target.closest('button'), field = $('input', this);
        if (!button) return;
        const shown = field.type === 'text';
        field.type = shown ? 'password' : 'text';
        button.setAttribute('aria-pressed', String(!shown));
      });
    }
  }
  customElements.define('crm-secret', Secret);
};
