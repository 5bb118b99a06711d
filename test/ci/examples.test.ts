import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from '#test/cli/run-cli.ts';

const step = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  shell: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  with: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).optional(),
});

const actionSchema = z.object({
  inputs: z.record(
    z.string(),
    z.object({ description: z.string(), required: z.boolean(), default: z.string() }),
  ),
  runs: z.object({ using: z.literal('composite'), steps: z.array(step) }),
});

const workflowSchema = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({ permissions: z.record(z.string(), z.string()), steps: z.array(step) }),
  ),
});

const action = actionSchema.parse(parse(readFileSync('action.yml', 'utf8')));
const docs = readFileSync('docs/ci.md', 'utf8');
const blocks = [...docs.matchAll(/^```(\w+)\n(.*?)^```/gmsu)].map(([, language = '', text = '']) => ({
  language,
  text,
}));
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8')));

/** The options of every `nhi gate` and `nhi scan` in a text. */
function optionsIn(text: string): string[] {
  return [...text.matchAll(/nhi-auditor@\S+"? (?:gate|scan)[^\n']*/gu)].flatMap(([line]) =>
    [...line.matchAll(/--[a-z-]+/gu)].map(([option]) => option),
  );
}

describe('action.yml', () => {
  it('uses other actions by commit only', () => {
    const used = action.runs.steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((each) => !/^[\w./-]+@[0-9a-f]{40}$/u.test(each))).toEqual([]);
  });

  it('never writes an input into a script', () => {
    const scripts = action.runs.steps.flatMap(({ run }) => run ?? []);
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((each) => each.includes('${{'))).toEqual([]);
  });

  it('uses every input that it takes, and takes every input that it uses', () => {
    const text = JSON.stringify(action.runs);
    const used = new Set([...text.matchAll(/inputs\.([a-z-]+)/gu)].map(([, name]) => name));
    expect(used).toEqual(new Set(Object.keys(action.inputs)));
  });

  it('runs the version of this package', () => {
    expect(action.inputs['version']?.default).toBe(version);
  });

  it('gives the gate options that it has', async () => {
    const { stdout } = await runCli('.', ['gate', '--help']);
    const script = action.runs.steps.flatMap(({ run }) => run ?? []).join('\n');
    const options = [...script.matchAll(/\(--[^)]*\)/gu)].flatMap(([all]) => all.match(/--[a-z-]+/gu) ?? []);
    expect(options.length).toBeGreaterThan(4);
    expect(options.filter((each) => !stdout.includes(each))).toEqual([]);
  });
});

describe('the examples of docs/ci.md', () => {
  const yaml = blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text);
  const workflows = yaml
    .filter((text) => text.includes('.github/workflows'))
    .map((text) => workflowSchema.parse(parse(text)));

  it('are YAML where they say so, for GitHub and GitLab, and Groovy for Jenkins', () => {
    expect(yaml.map((text) => typeof parse(text))).toEqual(['object', 'object', 'object']);
    expect(blocks.filter(({ language }) => language === 'groovy').length).toBe(1);
  });

  it('give workflows no permission but what each job names, and none to write contents', () => {
    expect(workflows.map(({ permissions }) => permissions)).toEqual([{}, {}]);
    const granted = workflows.flatMap(({ jobs }) =>
      Object.values(jobs).map(({ permissions }) => permissions),
    );
    expect(granted.map((each) => each['contents'])).toEqual(['read', 'read']);
  });

  it('use the actions of others by commit only', () => {
    const used = workflows.flatMap(({ jobs }) =>
      Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? [])),
    );
    const others = used.filter((each) => !each.startsWith('nhi-auditor/'));
    expect(others.length).toBeGreaterThan(3);
    expect(others.filter((each) => !/@[0-9a-f]{40}$/u.test(each))).toEqual([]);
  });

  it('give the action inputs that it takes', () => {
    const own = workflows.flatMap(({ jobs }) =>
      Object.values(jobs).flatMap(({ steps }) =>
        steps.filter(({ uses }) => uses?.startsWith('nhi-auditor/') === true),
      ),
    );
    expect(own.length).toBe(1);
    expect(
      own.flatMap((each) => Object.keys(each.with ?? {})).filter((name) => !(name in action.inputs)),
    ).toEqual([]);
  });

  it('run commands with options that they have, in the version of this package', async () => {
    const help = `${(await runCli('.', ['gate', '--help'])).stdout}${(await runCli('.', ['scan', '--help'])).stdout}`;
    const options = optionsIn(docs);
    expect(options.length).toBeGreaterThan(4);
    expect(options.filter((each) => !help.includes(each))).toEqual([]);
    const versions = new Set([...docs.matchAll(/nhi-auditor@v?(\d[\w.]*\d)/gu)].map(([, each]) => each));
    expect([...versions]).toEqual([version]);
  });
});
