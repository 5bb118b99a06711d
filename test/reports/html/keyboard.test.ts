import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { largeInput } from '../hostile.ts';
import { SMALL } from '../sample.ts';
import { HAS_CHROMIUM, startReader } from './chromium.ts';
import type { Reader } from './chromium.ts';

describe.skipIf(!HAS_CHROMIUM)('the html report by keyboard, in Chromium (needs /usr/bin/chromium)', () => {
  let reader: Reader;
  beforeAll(async () => {
    reader = await startReader();
  });
  afterAll(() => reader?.close());

  it('is searched, walked through, opened and left again', async () => {
    const { page, problems } = await reader.open(SMALL);
    await page.keyboard.press('/');
    await page.keyboard.type('deployer');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('Policy allows every action on every resource');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('Identity has two active access keys');
    await page.keyboard.press('Enter');
    expect(await page.locator('.opened').count()).toBe(1);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('ci-deployer');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('H2');
    expect(await page.locator('[data-view=identity]').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('A');
    expect(await focused(page)).toBe('ci-deployer');
    expect(await page.locator('.opened').count()).toBe(1);
    expect(await page.getByRole('searchbox', { name: 'Search findings' }).inputValue()).toBe('deployer');
    expect(problems).toEqual([]);
  });

  it('goes from the first row up into the search box', async () => {
    const { page } = await reader.open(SMALL);
    await page.keyboard.press('/');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    expect(await focused(page)).toBe('Identity has not been used for 90 days');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate('document.activeElement.name')).toBe('q');
  });

  it('turns pages by the arrows to the sides', async () => {
    const { page } = await reader.open(largeInput(250), '#/identities');
    const shown = page.locator('[data-view=identities] .shown');
    await page.keyboard.press('/');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await shown.innerText()).toBe('101–200 of 250');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await shown.innerText()).toBe('201–250 of 250');
    await page.keyboard.press('ArrowLeft');
    expect(await shown.innerText()).toBe('101–200 of 250');
  });

  it('types a slash where a slash is meant', async () => {
    const { page } = await reader.open(SMALL);
    await page.keyboard.press('/');
    await page.keyboard.type('user/ci');
    expect(await page.getByRole('searchbox', { name: 'Search findings' }).inputValue()).toBe('user/ci');
  });

  it('skips to the content without leaving what is shown', async () => {
    const { page } = await reader.open(SMALL, '#/coverage');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('content');
    expect(await page.locator('[data-view=coverage]').isVisible()).toBe(true);
  });

  it('shows where the focus is, on everything that can have it', async () => {
    const { page } = await reader.open(SMALL);
    const seen = new Set<string>();
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      const [name, outlined] = await page.evaluate<[string, boolean]>(`(() => {
        const at = document.activeElement;
        const pill = at.closest('.pill') ?? at;
        return [at.tagName + ' ' + (at.textContent || at.name || ''), getComputedStyle(pill).outlineStyle !== 'none'];
      })()`);
      if (name.startsWith('BODY')) break;
      seen.add(name);
      expect([name, outlined]).toEqual([name, true]);
    }
    expect(seen.size).toBeGreaterThan(20);
  });

  it('gives every control a name and every table a caption and headings', async () => {
    const { page } = await reader.open(SMALL);
    for (const control of await page.locator('input, select, button').all()) {
      expect(await control.evaluate('(node) => (node.labels?.[0] ?? node).textContent.trim()')).not.toBe('');
    }
    for (const table of await page.locator('table').all()) {
      expect(await table.locator('caption').count()).toBe(1);
      expect(await table.locator('thead th:not([scope])').count()).toBe(0);
    }
  });
});

function focused(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.textContent');
}
