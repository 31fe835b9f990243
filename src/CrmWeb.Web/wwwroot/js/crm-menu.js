// A menu behind a button: arrows, letters, Escape. <crm-menu> around a button with popovertarget and its popover.
export default ({ $, $$, Part, composing, place }) => {
  class Menu extends Part {
    start() {
      this.button = $('button[popovertarget]', this);
      this.menu = $('[popover]', this);
      if (!this.button || !this.menu) return;
      this.on('click', e => { if (this.button.contains(e.target)) { e.preventDefault(); this.toggle(); } });
      this.on('keydown', e => this.key(e));
      this.on('scroll', () => this.menu.matches(':popover-open') && place(this.menu, this.button), window);
    }
    get items() { return $$('[role^="menuitem"]', this.menu); }
    toggle() {
      this.menu.togglePopover();
      if (!this.menu.matches(':popover-open')) return;
      place(this.menu, this.button);
      this.items[0]?.focus();
    }
    key(e) {
      if (composing(e)) return;
      const open = this.menu.matches(':popover-open'), items = this.items, at = items.indexOf(document.activeElement);
      if (!open) { if (e.key === 'ArrowDown' && e.target === this.button) { e.preventDefault(); this.toggle(); } return; }
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[e.key];
      if (e.key === 'Escape') { this.menu.hidePopover(); this.button.focus(); }
      else if (e.key === 'Tab') { this.menu.hidePopover(); return; }
      else if (to !== undefined) items.at(to % items.length)?.focus();
      else if (e.key.length === 1 && !e.ctrlKey && !e.metaKey && !e.altKey && e.key !== ' ') {
        const letter = e.key.toLocaleLowerCase(), begins = i => i.textContent.trim().toLocaleLowerCase().startsWith(letter);
        [...items.slice(at + 1), ...items.slice(0, at + 1)].find(begins)?.focus();
      } else return;
      e.preventDefault();
      e.stopPropagation();
    }
  }

  customElements.define('crm-menu', Menu);
};
