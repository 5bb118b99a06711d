import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entriesIn } from '#collectors/kubernetes/audit/entries.ts';
import { kubernetesCollector } from '#collectors/kubernetes/index.ts';
import { AS_OF, complaints, importTexts } from '#test/collectors/kubernetes/importing.ts';
import { tempDir } from '#test/temp-dir.ts';
import { azure, event, google, lines } from './logs.ts';

const users = async (log: string | Buffer): Promise<readonly string[]> =>
  (await importTexts({ 'log.json': log })).usages.map(({ identityUid }) =>
    identityUid.replace(/^.*[:/]/u, ''),
  );

describe('a hostile audit log', () => {
  it.each([
    [
      'a line that is cut off',
      '{"kind":"Event","apiVersion":"audit.k8s.io/v1","user":{"us',
      'not valid JSON',
    ],
    [
      'an event without a time',
      JSON.stringify({ ...event(), stageTimestamp: 1, requestReceivedTimestamp: '' }),
      'an event without a time',
    ],
    [
      'an event from the future',
      JSON.stringify(event({ at: '2036-01-01T00:00:00Z' })),
      'a time that cannot be',
    ],
    [
      'an event older than Kubernetes',
      JSON.stringify(event({ at: '1999-01-01T00:00:00Z' })),
      'a time that cannot be',
    ],
    [
      'an event of another form',
      '{"kind":"Event","apiVersion":"audit.k8s.io/v1","user":"ann"}',
      'an event that is not in the form of audit.k8s.io/v1',
    ],
    [
      'a message that is cut off',
      JSON.stringify({ ...azure({}), properties: { log: '{"kind":' } }),
      'a message that is cut off or no JSON',
    ],
    [
      'an entry of another cluster',
      [google(), google({ cluster: 'other' })].map((each) => JSON.stringify(each)).join('\n'),
      'of another cluster than shop/europe-west1/prod',
    ],
  ])('has %s named by its line, and the rest is read', async (_what, bad, reason) => {
    const log = `${lines(event({ user: 'ann' }))}${bad}\n${lines(event({ user: 'bob' }))}`;
    const rows = await importTexts({ 'log.json': log });
    const names = rows.usages.map(({ identityUid }) => identityUid);
    expect(names).toEqual(expect.arrayContaining(['k8s:prod:user:ann', 'k8s:prod:user:bob']));
    expect(rows.coverage.filter(({ status }) => status === 'partial')).toHaveLength(2);
    expect(complaints(rows)).toEqual([
      expect.stringMatching(new RegExp(`log.json: line [23]: ${reason}$`, 'u')),
    ]);
  });

  it('may hold a line of any length', async () => {
    const long = `{"kind":"Event","requestObject":"${'x'.repeat(9 * 1024 * 1024)}"}\n`;
    const rows = await importTexts({
      'log.json': `${lines(event({ user: 'ann' }))}${long}${lines(event({ user: 'bob' }))}`,
    });
    expect(rows.usages.map(({ identityUid }) => identityUid)).toEqual([
      'k8s:prod:user:ann',
      'k8s:prod:user:bob',
    ]);
    expect(complaints(rows)).toEqual([expect.stringMatching(/line 2: longer than \d+ bytes$/u)]);
  });

  it('may nest as deep as it likes', async () => {
    const deep = JSON.stringify({ ...event({ user: 'ann' }), requestObject: 0 }).replace(
      '"requestObject":0',
      `"requestObject":${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    );
    expect(await users(`${lines(event({ user: 'bob' }))}${deep}\n`)).toContain('bob');
  });

  it('names identities that are no properties of objects', async () => {
    expect(await users(lines(event({ user: '__proto__' }), event({ user: 'constructor' })))).toEqual([
      '__proto__',
      'constructor',
    ]);
  });

  it('ends on the signal', async () => {
    const folder = join(await tempDir(), 'prod');
    await mkdir(folder);
    const path = join(folder, 'log.json');
    await writeFile(path, lines(event()));
    const file = { path, label: 'log.json', size: 1, head: lines(event()), kind: 'kubernetes-audit' };
    const signal = AbortSignal.abort(new Error('stopped'));
    const rows = kubernetesCollector.importFiles([file], { asOf: AS_OF, nameOf: () => 'prod', signal });
    await expect(rows[Symbol.asyncIterator]().next()).rejects.toThrow('stopped');
  });

  it('never makes the reader throw, whatever values it holds', () => {
    const words = [
      'kind',
      'apiVersion',
      'user',
      'username',
      'annotations',
      'message',
      'events',
      'protoPayload',
      'properties',
      'log',
      'items',
      'verb',
      'stageTimestamp',
      'responseStatus',
      'authenticationInfo',
      'principalEmail',
      'serviceName',
    ];
    const key = fc.oneof(fc.constantFrom(...words), fc.string());
    const text = fc.oneof(
      fc.constantFrom('Event', 'audit.k8s.io/v1', 'k8s.io', '{"kind":"Event"}', '{'),
      fc.string(),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        text,
        fc.integer(),
        fc.constant(null),
        fc.array(tie('tree')),
        fc.dictionary(key, tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(
        fc.oneof(
          tree,
          fc.record({
            kind: fc.constant('Event'),
            apiVersion: fc.constant('audit.k8s.io/v1'),
            user: tree,
            annotations: tree,
            stageTimestamp: tree,
            verb: tree,
          }),
          fc.record({
            protoPayload: fc.record({
              serviceName: fc.constant('k8s.io'),
              authenticationInfo: tree,
              status: tree,
            }),
            timestamp: tree,
          }),
        ),
        (value) => {
          for (const entry of entriesIn(value))
            expect(['event', 'nobody', 'unclear', 'other']).toContain(entry.kind);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is read to its end or told about, whatever bytes are changed', async () => {
    const whole = Buffer.from(
      lines(event({ user: 'ann' }), google({ user: 'bob' }), azure(event({ user: 'eve' }))),
    );
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(whole);
        for (const { at, byte } of changes) bytes[at] = byte;
        const folder = join(await tempDir(), 'prod');
        await mkdir(folder);
        await writeFile(join(folder, 'log.json'), bytes);
        const path = join(folder, 'log.json');
        const file = {
          path,
          label: 'log.json',
          size: bytes.length,
          head: whole.toString(),
          kind: 'kubernetes-audit',
        };
        const context = { asOf: AS_OF, nameOf: () => 'prod', signal: new AbortController().signal };
        let rows = 0;
        for await (const batch of kubernetesCollector.importFiles([file], context)) rows += batch.length;
        expect(rows).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
  });
});
