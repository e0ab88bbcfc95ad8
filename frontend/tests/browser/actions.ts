import { expect, type Locator, type Page } from '@playwright/test';

/**
 * Counts what a person does: taps (clicks) and keys that command something. The letters of a text
 * are not counted, as in the budgets of the posts; nor is the shutter of the camera.
 */
export class Actions {
  taps = 0;
  keys = 0;

  async tap(target: Locator): Promise<void> {
    await target.click();
    this.taps += 1;
  }

  async key(page: Page, key: string): Promise<void> {
    await page.keyboard.press(key);
    this.keys += 1;
  }

  /** Types where the caret stands. */
  async type(page: Page, text: string): Promise<void> {
    await page.keyboard.type(text);
  }

  /** Opens the camera by one tap and comes back with a photo. */
  async photo(page: Page, camera: Locator, file = PHOTO): Promise<void> {
    const chooser = page.waitForEvent('filechooser');
    await this.tap(camera);
    await (await chooser).setFiles(file);
  }

  /** No more than the budget of the post allows. */
  within(budget: { taps?: number; keys?: number }): void {
    expect(this.taps, 'taps').toBeLessThanOrEqual(budget.taps ?? 0);
    expect(this.keys, 'keys').toBeLessThanOrEqual(budget.keys ?? 0);
  }
}

/** A picture that is there anyway. */
export const PHOTO = 'public/icon-512.png';
