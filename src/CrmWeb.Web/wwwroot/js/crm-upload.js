// Files by dropping or choosing, each with its progress. Without this file the form around it uploads in the ordinary way.
export default ({ $, Part, complain, leave, text, texts, toast }) => {
  class Upload extends Part {
    start() {
      this.form = this.closest('form') ?? $('form', this);
      this.input = $('input[type="file"]', this);
      this.zone = $('.dropzone', this) ?? this;
      this.on('dragover', e => { e.preventDefault(); this.zone.classList.add('over'); });
      this.on('dragleave', () => this.zone.classList.remove('over'));
      this.on('drop', e => {
        e.preventDefault();
        this.zone.classList.remove('over');
        if (!e.dataTransfer.files.length) return;
        this.input.files = e.dataTransfer.files;
        this.chosen();
      });
      this.on('change', e => { if (e.target === this.input) this.chosen(); });
    }

    get limit() { return Number(this.dataset.max) || Infinity; }

    /** A single form (import) waits for its button; a list of files (data-each) starts at once. */
    chosen() {
      const files = [...this.input.files], big = files.filter(f => f.size > this.limit);
      if (big.length) { toast(text('tooBig', Math.floor(this.limit / 1048576)), true); this.input.value = ''; return; }
      const name = $('[data-chosen]', this);
      if (name) name.textContent = files.map(f => f.name).join(', ');
      if (this.dataset.each !== undefined) this.sendAll(files);
    }

    async sendAll(files) {
      for (const file of files) await this.send(file);
      this.input.value = '';
    }

    send(file) {
      const line = document.createElement('div'), bar = document.createElement('progress');
      line.className = 'field';
      line.append(Object.assign(document.createElement('span'), { className: 'sub', textContent: text('uploading', file.name) }), bar);
      bar.max = 1;
      bar.setAttribute('aria-label', text('uploading', file.name));
      this.append(line);

      const body = new FormData(this.form);
      body.set(this.input.name, file);
      body.delete('formKey'); // each of the files is wanted, and sent once
      return new Promise(done => {
        const sending = new XMLHttpRequest();
        sending.open('POST', this.form.action);
        sending.setRequestHeader('HX-Request', 'true');
        sending.upload.onprogress = e => { if (e.lengthComputable) bar.value = e.loaded / e.total; };
        sending.onload = () => { line.remove(); this.answered(sending); done(); };
        sending.onerror = () => { line.remove(); toast(texts.offline, true); done(); };
        sending.send(body);
      });
    }

    answered(sending) {
      const goTo = sending.getResponseHeader('HX-Redirect');
      if (goTo) { leave(goTo); return; }
      if (sending.status >= 400) { complain(sending.responseText); return; }
      const list = document.getElementById(this.dataset.list ?? '');
      if (list) list.insertAdjacentHTML('afterbegin', sending.responseText); else leave(location.href);
    }
  }
  customElements.define('crm-upload', Upload);
};
