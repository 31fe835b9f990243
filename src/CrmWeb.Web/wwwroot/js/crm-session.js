// Asks "Still there?" before the session ends for want of activity, and keeps what was typed when it has: around two dialogs, the second [data-over].
export default ({ $, Part, request, leave, typed, sendWhole }) => {
  const notice = 120; // seconds

  class Session extends Part {
    start() {
      [this.asking, this.over] = this.querySelectorAll('dialog');
      this.tabs = new BroadcastChannel('crm-session');
      this.on('message', e => this.rest(e.data), this.tabs); // somebody is there in another tab
      this.on('cancel', e => { e.preventDefault(); if (e.target === this.asking) this.stay(); });
      this.on('click', e => { if (e.target.closest('[data-stay]')) this.stay(); else if (e.target.closest('[data-again]')) this.again(); });
      this.rest(Number(this.dataset.left));
    }
    disconnectedCallback() { clearTimeout(this.timer); this.tabs.close(); super.disconnectedCallback(); }

    /** One timer, and nothing else until shortly before the end. */
    rest(left) {
      this.asking.close();
      this.wait(left - notice);
    }
    wait(seconds) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), Math.max(1, seconds) * 1000);
    }

    /** Others may have worked in the meantime: what is left is known by the server, and asking it does not count as being there. */
    async look() {
      const answer = await request(this.dataset.src, { quiet: true });
      if (answer?.status === 401) { this.end(answer.headers.get('HX-Redirect')); return; }
      if (!answer?.ok) { this.wait(30); return; } // no connection: then there is nothing to say
      const html = await answer.text(), left = this.left(html);
      if (left > notice) { this.rest(left); return; }
      $('#still-there-text', this).innerHTML = html;
      if (!this.asking.open) this.asking.showModal();
      this.wait(left);
    }

    async stay() {
      const answer = await request(this.dataset.src, { method: 'POST', quiet: true });
      if (!answer?.ok) { this.look(); return; }
      const left = this.left(await answer.text());
      this.tabs.postMessage(left);
      this.rest(left);
    }

    /** What nobody is using is not left on the screen; what was typed stays until its writer is back. */
    end(signIn) {
      this.asking.close();
      if (!typed()) leave(signIn);
      else if (!this.over.open) this.over.showModal();
    }

    /** The form goes through the sign-in, to be shown again as it was typed. */
    again() {
      const form = typed();
      if (form) sendWhole(form.action, new FormData(form), !form.closest('crm-inline')); else location.reload();
    }

    left(html) { return Number(new DOMParser().parseFromString(html, 'text/html').querySelector('[data-left]')?.dataset.left ?? 0); }
  }
  customElements.define('crm-session', Session);
};
