import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { terminalSvg } from './terminal-svg.ts';

/**
 * Makes the pictures of the README from the demonstration estate: `npm run pictures`. It takes a build, tmux and
 * Chromium.
 */
const SIZE = { columns: 120, rows: 34 } as const;
const PROGRAM = resolve('dist/src/cli/main.js');
const ESTATE = ['--config', resolve('examples/acme/nhi.yaml')];

/** Keys to press, the picture's name and its title. */
const SCREENS = [
  [[], 'dashboard', 'The overview of the dashboard'],
  [['2'], 'dashboard-findings', 'The findings in the dashboard'],
] as const;

const folder = mkdtempSync(join(tmpdir(), 'nhi-pictures-'));
try {
  const data = ['--data', '.nhi'];
  nhi('scan', ...ESTATE, ...data, '--as-of', '2026-11-20', '--quiet');
  await pictureDashboard(data);
  nhi('report', ...ESTATE, ...data, '--output', join(folder, 'report.html'), '--quiet');
  await pictureReport(join(folder, 'report.html'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function nhi(...words: readonly string[]): void {
  execFileSync(process.execPath, [PROGRAM, ...words], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function pictureDashboard(data: readonly string[]): Promise<void> {
  const tmux = (...words: readonly string[]): string =>
    execFileSync('tmux', ['-L', `nhi-pictures-${process.pid}`, ...words], { encoding: 'utf8' });
  const command = [process.execPath, PROGRAM, 'dashboard', ...ESTATE, ...data];
  const size = ['-x', String(SIZE.columns), '-y', String(SIZE.rows)];
  tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'picture', '-c', folder, ...size, ...command);
  try {
    await sleep(4000);
    for (const [keys, name, title] of SCREENS) {
      for (const key of keys) tmux('send-keys', '-t', 'picture', key);
      await sleep(1500);
      const screen = tmux('capture-pane', '-p', '-e', '-t', 'picture');
      writeFileSync(`docs/pictures/${name}.svg`, terminalSvg(screen, SIZE.columns, title));
    }
  } finally {
    tmux('kill-server');
  }
}

async function pictureReport(page: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const tab = await browser.newPage({ viewport: { width: 1200, height: 800 }, colorScheme: 'light' });
    await tab.goto(pathToFileURL(page).href);
    await tab.screenshot({ path: 'docs/pictures/report.png' });
  } finally {
    await browser.close();
  }
}
