// Goes on at once with what was being typed when the session ended: <crm-resume> around the form that brings it back.
export default ({ $, Part }) => {
  class Resume extends Part {
    start() { $('form', this).requestSubmit(); }
  }
  customElements.define('crm-resume', Resume);
};
