import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { HOSTILE_NAMES, inputNamed, largeInput } from '../hostile.ts';
import { DEPLOYER, EMPTY, SMALL } from '../sample.ts';
import { HAS_CHROMIUM, startReader } from './chromium.ts';
import type { Reader } from './chromium.ts';

describe.skipIf(!HAS_CHROMIUM)('the html report in Chromium (needs /usr/bin/chromium)', () => {
  let reader: Reader;
  beforeAll(async () => {
    reader = await startReader();
  });
  afterAll(() => reader?.close());

  it('opens without a complaint and asks for nothing but itself', async () => {
    const { page, problems, requests } = await reader.open(SMALL);
    await expect.poll(() => titles(page)).toHaveLength(3);
    expect(problems).toEqual([]);
    expect(requests).toHaveLength(1);
  });

  it('opens a finding with its evidence, what it means and what to do, and closes it again', async () => {
    const { page } = await reader.open(SMALL);
    await page.getByRole('button', { name: 'Identity has two active access keys' }).click();
    const details = page.locator('.opened');
    await expect.poll(() => details.innerText()).toContain('AKIAEXAMPLF');
    expect(await details.innerText()).toContain('Ask its owner, disable it, wait, delete it.');
    await page.getByRole('button', { name: 'Identity has two active access keys' }).click();
    expect(await details.count()).toBe(0);
  });

  it('filters by words, severity, status, system and rule, and resets', async () => {
    const { page } = await reader.open(SMALL);
    await page.getByRole('searchbox', { name: 'Search findings' }).fill('deployer keys');
    await expect.poll(() => titles(page)).toEqual(['Identity has two active access keys']);
    await page.getByRole('link', { name: 'Reset' }).first().click();
    await page.getByRole('checkbox', { name: 'Critical' }).first().check({ force: true });
    await expect.poll(() => titles(page)).toEqual(['Policy allows every action on every resource']);
    await page.getByRole('link', { name: 'Reset' }).first().click();
    await page.getByLabel('Status').selectOption('unknown');
    await expect.poll(() => titles(page)).toEqual(['Identity has not been used for 90 days']);
    await page.getByLabel('Rule').selectOption('two-active-keys');
    expect(await page.locator('[data-view=findings] .shown').innerText()).toBe(
      'Nothing matches (filtered from 3)',
    );
    await page.getByRole('link', { name: 'Reset' }).first().click();
    await page.getByLabel('System').first().selectOption('kubernetes');
    await expect.poll(() => titles(page)).toEqual(['Identity has not been used for 90 days']);
  });

  it('filters from the tiles and the rules', async () => {
    const { page } = await reader.open(SMALL);
    await page.getByRole('link', { name: /Unknown 1/u }).click();
    await expect.poll(() => titles(page)).toEqual(['Identity has not been used for 90 days']);
    await page.getByRole('link', { name: /^Rules/u }).click();
    await page.locator('[data-view=rules] tbody a').first().click();
    await expect.poll(() => titles(page)).toEqual(['Policy allows every action on every resource']);
  });

  it('sorts by a column, says so, and sorts the other way round', async () => {
    const { page } = await reader.open(SMALL);
    const heading = page.getByRole('columnheader', { name: 'Finding', exact: true });
    await heading.getByRole('button').click();
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    const ascending = await titles(page);
    expect(ascending).toEqual(ascending.toSorted());
    await heading.getByRole('button').click();
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    await expect.poll(() => titles(page)).toEqual(ascending.toReversed());
  });

  it('shows 10,000 findings by the page, and finds one among them', async () => {
    const { page, problems } = await reader.open(largeInput(10_000));
    const shown = page.locator('[data-view=findings] .shown');
    expect(await shown.innerText()).toBe('1–100 of 10,000');
    await page.getByRole('button', { name: 'Next' }).first().click();
    expect(await shown.innerText()).toBe('101–200 of 10,000');
    await page.getByRole('searchbox', { name: 'Search findings' }).fill('workload-9876');
    expect(await shown.innerText()).toBe('1–1 of 1 (filtered from 10,000)');
    expect(problems).toEqual([]);
  });

  it('keeps filters and order in its address, so that they can be handed on', async () => {
    const { page } = await reader.open(SMALL, '#/findings?q=identity&status=fail&sort=-title');
    await expect.poll(() => titles(page)).toEqual(['Identity has two active access keys']);
    await page.getByRole('searchbox', { name: 'Search findings' }).fill('');
    expect(page.url()).toMatch(/#\/findings\?status=fail&sort=-title$/u);
  });

  it('has a page for an identity: what it is, can do, did wrong, and what was not measured', async () => {
    const { page } = await reader.open(SMALL);
    await page.getByRole('link', { name: 'ci-deployer' }).first().click();
    await page.locator('[data-view=identity] h2').waitFor();
    const text = await page.locator('[data-view=identity]').innerText();
    for (const part of [DEPLOYER, 'acme-prod', 'platform@acme.example', 'can read secrets', 'Evidence']) {
      expect(text).toContain(part);
    }
    expect(text).toContain('no report: aws iam generate-service-last-accessed-details');
    expect(text).toContain('Gaps that belong to no system, and could bear on it too: 1');
    expect(await page.title()).toContain('ci-deployer');
    await page.getByRole('link', { name: '← Back' }).click();
    await page.locator('[data-view=findings] .open').first().waitFor();
  });

  it('tells an identity that has no use from one whose use nobody measured', async () => {
    const { page } = await reader.open(SMALL, '#/identities');
    expect(await page.getByRole('row', { name: /payments/u }).innerText()).toContain('not measured');
  });

  it('says of an address without an identity that it is not there', async () => {
    const { page } = await reader.open(SMALL, '#/identity/%E0%A4%A');
    expect(await page.locator('h2:visible').innerText()).toBe('This identity is not on this page');
  });

  it('shows names full of markup and lets them do nothing, in rows, details and on the pages of identities', async () => {
    const { page, problems, requests } = await reader.open(inputNamed(...HOSTILE_NAMES));
    const alien = page.locator('img, iframe, object, embed, link, b, i, script');
    const before = await alien.count();
    const openers = await page.locator('[data-view=findings] .open').all();
    expect(openers).toHaveLength(SMALL.findings.length + HOSTILE_NAMES.length);
    for (const opener of openers) await opener.click();
    const text = await page.locator('[data-view=findings] .rows').innerText();
    for (const name of HOSTILE_NAMES.filter((each) => each.includes('<'))) expect(text).toContain(name);
    expect(text).toContain('abc⟨U+202E⟩cod.exe');
    const links = await page.locator('[data-view=findings] tbody td a').all();
    for (const address of await Promise.all(links.map((link) => link.getAttribute('href')))) {
      await page.evaluate(`location.hash = ${JSON.stringify(address)}`);
      await expect
        .poll(() => page.locator('[data-view=identity] .uid').innerText())
        .toMatch(/^(uid:|arn:|k8s:)/u);
    }
    for (const view of ['identities', 'coverage', 'rules']) await page.locator(`[data-tab=${view}]`).click();
    expect(await alien.count()).toBe(before);
    expect(problems).toEqual([]);
    expect(requests).toHaveLength(1);
  });

  it('says above the fold of an empty snapshot that nothing was measured', async () => {
    const { page, problems } = await reader.open(EMPTY);
    expect(await page.locator('.headline').innerText()).toBe(
      'No identity was collected, so nothing was checked.',
    );
    expect(await page.locator('.unmeasured').isVisible()).toBe(true);
    expect(problems).toEqual([]);
  });

  it('is dark where the reader prefers it and light on paper', async () => {
    const { page } = await reader.open(SMALL, '', { colorScheme: 'dark' });
    const ground = (): Promise<string> =>
      page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    expect(await ground()).toBe('rgb(17, 22, 28)');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await ground()).toBe('rgb(255, 255, 255)');
  });

  it('prints every part, with up to 1,000 rows, and goes back to the screen as it was', async () => {
    const { page } = await reader.open(largeInput(1200));
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('[data-view=findings] .rows tbody tr').count()).toBe(1000);
    expect(await page.locator('[data-view=findings] .shown').innerText()).toBe('1–1,000 of 1,200');
    expect(await page.locator('[data-view=coverage]').isVisible()).toBe(true);
    await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
    expect(await page.locator('[data-view=findings] .rows tbody tr').count()).toBe(100);
  });

  it('is a report without scripts too', async () => {
    const { page } = await reader.open(largeInput(300), '', { javaScriptEnabled: false });
    expect(await page.locator('[data-view=findings] .rows tbody tr').count()).toBe(200);
    expect(await page.locator('noscript').first().innerText()).toContain('the worst 200 of 300 findings');
    expect(await page.locator('[data-view=coverage]').isVisible()).toBe(true);
    expect(await page.locator('.filters').first().isVisible()).toBe(false);
  });
});

function titles(page: Page): Promise<string[]> {
  return page.locator('[data-view=findings] .open').allInnerTexts();
}
