import type { Page } from 'playwright-core';

/** What a page complained of: errors of its scripts, on its console (refusals by its policy are told there), requests to strangers. */
class Faults {
  readonly list: string[] = [];

  note(fault: string): void {
    this.list.push(fault);
  }

  watch(page: Page): void {
    page.on('pageerror', (error) => this.note(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.note(message.text());
    });
  }
}

export const faults = new Faults();
