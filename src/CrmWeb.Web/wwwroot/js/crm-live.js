// Keeps the page up to date by the stream of events at data-src: the bell inside, and whatever waits for "crm-work".
export default ({ $, Part }) => {
  const again = 10000; // ms

  class Live extends Part {
    start() {
      this.tabs = new BroadcastChannel('crm-live');
      this.on('message', e => this.take(e.data), this.tabs);
      this.on('visibilitychange', () => document.hidden ? this.rest() : this.ask(), document);
      this.on('pagehide', () => this.rest(), window);
      this.on('pageshow', e => { if (e.persisted) this.ask(); }, window);
      if (!document.hidden) this.ask();
    }
    disconnectedCallback() { this.rest(); this.tabs.close(); super.disconnectedCallback(); }

    /** One window of the browser holds the stream and passes on what comes; the next one takes over when it goes or is hidden. */
    ask() {
      if (this.asked) return;
      const asked = this.asked = new AbortController();
      if (!navigator.locks) { this.open(); return; } // a plain http address: each window for itself
      navigator.locks.request('crm-live', { signal: asked.signal }, () => new Promise(free => {
        if (asked.signal.aborted) { free(); return; }
        this.free = free;
        this.open();
      })).catch(() => {}); // given up while it waited
    }
    rest() {
      this.asked?.abort();
      this.stream?.close();
      this.free?.();
      this.asked = this.stream = this.free = null;
    }

    open() {
      this.stream = new EventSource(this.dataset.src);
      this.on('open', () => this.take({ type: 'work' }), this.stream); // what has moved before anybody listened
      this.on('error', e => { if (e.target.readyState === EventSource.CLOSED) setTimeout(() => { if (this.stream === e.target) this.open(); }, again); }, this.stream); // refused: the browser gives up then
      for (const type of ['unread', 'work']) this.stream.addEventListener(type, e => {
        const told = { type, value: e.data };
        this.take(told);
        this.tabs.postMessage(told);
      });
    }

    take({ type, value }) {
      if (type === 'work') document.body.dispatchEvent(new CustomEvent('crm-work', { detail: value }));
      else this.ring(Number(value));
    }
    ring(unread) {
      const bell = $('a', this), { none, one, other } = bell.dataset;
      const label = unread === 0 ? none : (unread === 1 ? one : other.replace('2', unread));
      bell.classList.toggle('badge-dot', unread > 0);
      bell.title = $('.vh', bell).textContent = label;
    }
  }
  customElements.define('crm-live', Live);
};
