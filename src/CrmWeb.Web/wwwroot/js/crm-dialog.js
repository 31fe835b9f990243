// A dialog, and in #dialog pages that open over the page: <crm-dialog><dialog></dialog></crm-dialog>.
export default ({ $, Part, texts, request, complain, discover, leave }) => {
  class Dialog extends Part {
    start() {
      this.dialog = $('dialog', this);
      this.on('cancel', e => { if (e.target === this.dialog && !this.mayClose()) e.preventDefault(); });
      this.on('click', e => { if (e.target === this.dialog && this.mayClose()) this.dialog.close(); });
      this.on('close', () => { this.typed = false; if (this.remote) this.dialog.replaceChildren(); }, this.dialog);
      this.on('input', () => this.typed = true);
      this.on('submit', e => this.submit(e));
      this.on('keydown', e => { if (e.key === ' ' && this.dialog.matches('.drawer') && !e.target.closest('button, input, select, textarea')) { e.preventDefault(); this.dialog.close(); } });
    }
    get remote() { return this.id === 'dialog'; }
    mayClose() { return !this.typed || confirm(texts.leave); }

    /** Shows a page's fragment; its form is answered in here too. */
    async open(address, drawer = false) {
      const answer = await request(address, { target: 'dialog' });
      if (answer) { this.fill(await answer.text()); this.dialog.classList.toggle('drawer', drawer); if (!this.dialog.open) this.dialog.showModal(); this.focusFirst(); }
    }
    fill(html) {
      this.dialog.innerHTML = html;
      window.htmx?.process(this.dialog);
      discover(this.dialog);
      const head = $('h1, h2', this.dialog);
      if (head) { head.id ||= 'dialog-title'; this.dialog.setAttribute('aria-labelledby', head.id); }
    }
    focusFirst() { $('.errors, [autofocus], .dialog-b :is(input:not([type=hidden]), select, textarea), form :is(input:not([type=hidden]), select, textarea)', this.dialog)?.focus(); }
    async submit(e) {
      const form = e.target;
      if (!this.remote || e.defaultPrevented || form.method !== 'post') return;
      if ('file' in form.dataset) { setTimeout(() => this.dialog.close()); return; } // the browser itself saves what is answered
      e.preventDefault();
      const body = new FormData(form, e.submitter), button = e.submitter;
      button?.setAttribute('aria-disabled', 'true');
      const answer = this.sending ? null : await (this.sending = request(form.action, { method: 'POST', body, target: 'dialog', typed: true }));
      this.sending = null;
      button?.removeAttribute('aria-disabled');
      if (!answer) return;
      if (answer.redirected) { leave(answer.url); return; }
      if (answer.ok) { this.dialog.close(); this.say(await answer.text()); return; }
      this.fill(await answer.text());
      this.focusFirst();
    }
    say(html) { if (html.includes('class="toast')) complain(html); }
  }

  customElements.define('crm-dialog', Dialog);
};
