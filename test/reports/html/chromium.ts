import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { ReportInput } from '#contract/report.ts';
import { htmlReport } from '#reports/html/index.ts';

const EXECUTABLE = '/usr/bin/chromium';

/** Whether the system's Chromium is there. */
export const HAS_CHROMIUM = existsSync(EXECUTABLE);

/** A report opened in a browser, with everything that went wrong in it and everything that it asked for. */
interface OpenReport {
  readonly page: Page;
  readonly problems: readonly string[];
  readonly requests: readonly string[];
}

/** Opens reports from files in one browser, one at a time; `close` ends it and removes the files. */
export interface Reader {
  readonly open: (
    input: ReportInput,
    address?: string,
    options?: BrowserContextOptions,
  ) => Promise<OpenReport>;
  readonly close: () => Promise<void>;
}

export async function startReader(): Promise<Reader> {
  const folder = await mkdtemp(join(tmpdir(), 'nhi-report-'));
  const browser = await chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  let files = 0;
  let context: BrowserContext | null = null;
  return {
    open: async (input, address = '', options = {}) => {
      const file = join(folder, `${files++}.html`);
      await writeFile(file, htmlReport.render(input));
      await context?.close();
      context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      const problems: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => problems.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('dialog', (dialog) => {
        problems.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('request', (request) => requests.push(request.url()));
      await page.addInitScript(
        "document.addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.blockedURI));",
      );
      await page.goto(`${pathToFileURL(file).href}${address}`);
      return { page, problems, requests };
    },
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
