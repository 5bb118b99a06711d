import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlReport } from '#reports/html/index.ts';
import { charted } from '../charted-sample.ts';
import { HOSTILE_NAMES, hostileText } from '../hostile.ts';
import { SMALL } from '../sample.ts';
import { HAS_CHROMIUM, startReader, type Reader } from './chromium.ts';

describe('the pictures of the html report', () => {
  it('have the same elements whatever names contain', () => {
    const tags = (name: string): string[] =>
      htmlReport
        .render(charted(name))
        .replace(/<script type="application\/json".*?<\/script>/su, '')
        .match(/<\/?[a-z][a-z0-9]*/giu) ?? [];
    const plain = tags('plain');
    fc.assert(
      fc.property(hostileText, (name) => {
        expect(tags(name)).toEqual(plain);
      }),
      { numRuns: 40 },
    );
  });

  it('say their numbers in words', () => {
    const page = htmlReport.render(charted());
    expect(page).toContain(
      'aria-label="access-key web-identity: 1 up to 30 days, 2 up to 365 days, 3 more than 730 days, 4 age not known"',
    );
    expect(page).toContain(
      'aria-label="Findings by severity: critical 1, 1; high 5, 1; medium 0, 0; low 0, 0; info 0, 0"',
    );
    expect(page).toContain('To Full control (AWS · acme-prod)');
  });

  it('leave no trace of what nobody asked for', () => {
    const page = htmlReport.render(SMALL);
    for (const title of ['Trend over snapshots', 'Age of credentials', 'Paths to administrator'])
      expect(page).not.toContain(`>${title}`);
  });

  it('say that no path was found in what was read, and not that there is none', () => {
    const page = htmlReport.render({ ...SMALL, adminWays: { ways: [], left: 0 } });
    expect(page).toContain('No path was found in what was read.');
  });
});

describe.skipIf(!HAS_CHROMIUM)(
  'waivers, baseline and pictures in Chromium (skipped without /usr/bin/chromium)',
  () => {
    let reader: Reader;
    beforeAll(async () => {
      reader = await startReader();
    });
    afterAll(() => reader.close());

    it('filters what is waived and what is new, and marks both', async () => {
      const { page, problems } = await reader.open(charted());
      const view = page.locator('[data-view=findings]');
      expect(await view.locator('.badge').allInnerTexts()).toEqual(['Waived', 'New', 'New']);
      await view.locator('select[name=waiver]').selectOption('no');
      expect(await view.locator('.badge').allInnerTexts()).toEqual(['New', 'New']);
      await view.locator('select[name=waiver]').selectOption('yes');
      await view.locator('.open').click();
      expect(await view.locator('.terms.waived').innerText()).toContain('moving to scoped roles');
      await view.locator('.reset').click();
      await view.locator('select[name=baseline]').selectOption('unchanged');
      expect(await view.locator('.open').count()).toBe(1);
      expect(problems).toEqual([]);
    });

    it('draws every picture with its numbers as a table that opens by keyboard', async () => {
      const { page, problems } = await reader.open(charted(), '#/metrics');
      const figures = page.locator('[data-view=metrics] figure');
      expect(await figures.locator('h3').allInnerTexts()).toEqual([
        'Findings by system and severity',
        'Age of credentials by kind',
        'Trend over snapshots',
        'Coverage by system and feed',
      ]);
      for (const figure of await figures.all()) {
        expect(await figure.locator('svg').first().isVisible()).toBe(true);
        const summary = figure.locator('summary');
        if ((await summary.count()) > 0) {
          await summary.focus();
          await page.keyboard.press('Enter');
        }
        expect(await figure.locator('table').isVisible()).toBe(true);
      }
      expect(problems).toEqual([]);
    });

    it('draws the ways to an administrator, and leads from a node to the page of its identity', async () => {
      const { page } = await reader.open(charted(), '#/paths');
      const graph = page.locator('.way-graph');
      expect(await graph.locator('.name').allTextContents()).toEqual([
        'Full control',
        'ci-deployer',
        'payments',
      ]);
      expect(await graph.locator('.via').allTextContents()).toEqual([
        'create-policy-version',
        'web-identity',
      ]);
      expect(await graph.locator('.conditional').count()).toBe(2);
      await graph.locator('a').first().focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('[data-view=identity] h2').innerText()).toBe('ci-deployer');
    });

    it('shows on the page of an identity its credentials, grants and uses row by row', async () => {
      const { page } = await reader.open(charted(), '#/paths');
      await page.locator('.way-graph a').first().click();
      const text = await page.locator('[data-view=identity]').innerText();
      for (const words of [
        'Credentials (2)',
        'not measured',
        '1 more: nhi show',
        'DeployPolicy',
        'aws:service-last-accessed',
      ])
        expect(text).toContain(words);
    });

    it('lets names full of markup do nothing in pictures', async () => {
      for (const name of HOSTILE_NAMES.filter((each) => each.includes('<'))) {
        const { page, problems, requests } = await reader.open(charted(name), '#/metrics');
        expect(await page.locator('.histograms h4').first().innerText()).toContain(name.slice(0, 20));
        await page.locator('[data-tab=paths]').click();
        expect(problems).toEqual([]);
        expect(requests).toHaveLength(1);
      }
    });

    it('fits a narrow screen and paper without a part that sticks out', async () => {
      const { page } = await reader.open(charted(), '#/metrics', { viewport: { width: 480, height: 900 } });
      for (const view of ['metrics', 'paths', 'findings']) {
        await page.locator(`[data-tab=${view}]`).click();
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), view).toBe(0);
      }
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('[data-view=metrics] .plot').first().isVisible()).toBe(true);
      expect(await page.locator('.way-graph').isVisible()).toBe(true);
    });
  },
);
