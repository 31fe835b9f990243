// The pages of a PDF file, one at a time, drawn here: the file itself is never opened as a page of this site.
// <crm-pdf hidden data-src="/files/7" data-lib="/lib/pdfjs/…" data-page="Page {0} of {1}"><canvas></canvas><nav><button data-by="-1">‹</button><span></span><button data-by="1">›</button></nav></crm-pdf>
export default ({ $, $$, Part }) => {
  class Pdf extends Part {
    async start() {
      const lib = this.dataset.lib;
      this.gone.signal.addEventListener('abort', () => this.file?.destroy());
      this.on('click', e => { const by = e.target.closest('[data-by]')?.dataset.by; if (by) this.show(this.at + Number(by)); });
      try {
        const { getDocument, GlobalWorkerOptions } = await import(`${lib}/pdf.min.mjs`);
        GlobalWorkerOptions.workerSrc = `${lib}/pdf.worker.min.mjs`;
        // Nothing in the file runs, and nothing is fetched for it but these.
        this.file = await getDocument({ url: this.dataset.src, cMapUrl: `${lib}/cmaps/`, wasmUrl: `${lib}/`, useWasm: false, maxImageSize: 50_000_000 }).promise;
        await this.show(1);
        this.hidden = false;
      } catch {
        this.remove(); // damaged, or locked by a password: it can still be saved
      }
    }

    async show(number) {
      if (number < 1 || number > this.file.numPages || this.drawing) return;
      this.drawing = true;
      try {
        const page = await this.file.getPage(number), canvas = $('canvas', this);
        const whole = page.getViewport({ scale: 1 }), scale = Math.min(1600 / Math.max(whole.width, whole.height), 4);
        const viewport = page.getViewport({ scale });
        [canvas.width, canvas.height] = [Math.max(1, Math.floor(viewport.width)), Math.max(1, Math.floor(viewport.height))];
        await page.render({ canvas, viewport, annotationMode: 0 }).promise;
        this.at = number;
        const said = this.dataset.page.replace('{0}', number).replace('{1}', this.file.numPages);
        canvas.setAttribute('aria-label', said);
        $('nav span', this).textContent = said;
        $('nav', this).hidden = this.file.numPages === 1;
        for (const button of $$('[data-by]', this)) button.disabled = number + Number(button.dataset.by) < 1 || number + Number(button.dataset.by) > this.file.numPages;
      } finally {
        this.drawing = false;
      }
    }
  }
  customElements.define('crm-pdf', Pdf);
};
