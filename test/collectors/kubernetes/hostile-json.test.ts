import { describe, expect, it } from 'vitest';
import { complaints, importTexts, listOf, only, type Rows } from './importing.ts';
import { account, type Fields, RBAC, served } from './objects.ts';

const SOUND = account('pay/sound');

async function importJson(text: string): Promise<Rows> {
  return importTexts({ 'file.json': text });
}

function names({ identities }: Rows): string[] {
  return identities.map(({ name }) => name);
}

describe('a JSON file', () => {
  it('that is cut off gives what stands before the cut, and says where it ends', async () => {
    const text = JSON.stringify(listOf(SOUND, account('pay/cut')));
    const rows = await importJson(text.slice(0, text.indexOf('"cut"') + 20));
    expect(names(rows)).toEqual(['sound']);
    expect(only(complaints(rows))).toMatch(/^prod\/file\.json: byte \d+: the text ends inside items\[1\]/u);
  });

  it('with something after it gives what stands before, and says where it stops', async () => {
    const rows = await importJson(`${JSON.stringify(listOf(SOUND))}\nWarning: v1 is deprecated\n`);
    expect(names(rows)).toEqual(['sound']);
    expect(complaints(rows)).toHaveLength(1);
  });

  it('of objects one after the other gives all of them', async () => {
    const rows = await importJson(
      [SOUND, account('pay/b'), listOf(account('pay/c'))].map((one) => JSON.stringify(one)).join('\n'),
    );
    expect(names(rows)).toEqual(['sound', 'b', 'c']);
    expect(complaints(rows)).toEqual([]);
  });

  it.each([
    [
      'no objects',
      '["a", 1, null, [], {}]',
      [
        'item 2 of byte 0: not an object of Kubernetes: no mapping',
        'item 6 of byte 0: not an object of Kubernetes: no apiVersion and kind',
      ],
    ],
    [
      'objects without a name',
      JSON.stringify([{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: {} }]),
      ['has no name'],
    ],
    [
      'objects with a name that is none',
      JSON.stringify([{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 7 } }]),
      ['expected string'],
    ],
    [
      'objects of a server without a namespace',
      JSON.stringify([{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'a', uid: 'b' } }]),
      ['metadata.namespace: is missing'],
    ],
    [
      'a time that is none',
      JSON.stringify([
        { ...SOUND, metadata: { name: 'a', namespace: 'b', uid: 'c', creationTimestamp: 'soon' } },
      ]),
      ['creationTimestamp is no time'],
    ],
  ])('with %s says so for each', async (_, text, expected) => {
    const rows = await importTexts({
      'sound.json': listOf(SOUND),
      'file.json': `[${JSON.stringify(SOUND)},${text.slice(1)}`,
    });
    expect(names(rows)).toContain('sound');
    const found = complaints(rows);
    for (const part of expected)
      expect(
        found.some((detail) => detail.includes(part)),
        `${part} in ${found.join('\n')}`,
      ).toBe(true);
    expect(found.every((detail) => detail.startsWith('prod/file.json: '))).toBe(true);
  });

  it('that nests deeper than any object is refused at that object', async () => {
    const deep = `{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"deep"},"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const rows = await importJson(
      `{"apiVersion":"v1","items":[${JSON.stringify(SOUND)},${deep}],"kind":"List"}`,
    );
    expect(names(rows)).toEqual(['sound']);
    expect(only(complaints(rows))).toContain('items[1] at byte');
  });

  it('whose members are called like those of every object makes no difference to others', async () => {
    const labels = '{"__proto__":"x","constructor":"y","env":"prod"}';
    const text = JSON.stringify(account('__proto__/constructor', { labels: 0 })).replace(
      '"labels":0',
      `"labels":${labels}`,
    );
    const rows = await importJson(text);
    expect(only(rows.identities)).toMatchObject({
      uid: 'k8s:prod:serviceaccount:__proto__/constructor',
      environment: 'production',
    });
    expect(Object.keys(only(rows.identities).tags)).toContain('constructor');
    expect(({} as Fields)['env']).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'with objects of the kind %s is passed over',
    async (kind) => {
      const rows = await importTexts({
        'a.json': listOf(SOUND, { apiVersion: 'v1', kind, metadata: { name: 'x' } }),
      });
      expect(names(rows)).toEqual(['sound']);
      expect(complaints(rows)).toEqual([]);
    },
  );

  it('with thousands of faults names the first fifty', async () => {
    const faults = Array.from({ length: 5000 }, () => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'x', namespace: 'y' },
    }));
    const found = complaints(await importTexts({ 'a.json': listOf(SOUND, ...faults) }));
    expect(found).toHaveLength(51);
    expect(found.at(-1)).toBe('prod/a.json: more of the like');
  });

  it('in UTF-16, as PowerShell writes it, is read', async () => {
    const rows = await importTexts({
      'a.json': Buffer.from(`\uFEFF${JSON.stringify(listOf(SOUND))}`, 'utf16le'),
    });
    expect(names(rows)).toEqual(['sound']);
  });

  it('that holds the same object twice gives it once, as its server saw it last', async () => {
    const older = account('pay/api', { resourceVersion: '9', labels: { v: 'older' } });
    const newer = account('pay/api', { resourceVersion: '10', labels: { v: 'newer' } });
    const meant = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'api', namespace: 'pay', labels: { v: 'meant' } },
    };
    const rows = await importTexts({ 'a.json': listOf(newer, older), 'b.json': listOf(meant) });
    expect(only(rows.identities).tags).toEqual({ v: 'newer' });
    expect(complaints(rows)).toEqual([]);
  });
});

describe('names', () => {
  it('with control characters and markup are kept as they are, for those who print them to make harmless', async () => {
    const name = '\u001b[31m<script>"\u0000';
    const roleRef = { kind: 'ClusterRole', name };
    const rows = await importTexts({
      'a.json': listOf(
        served(RBAC, 'ClusterRoleBinding', 'b', { roleRef, subjects: [{ kind: 'User', name }] }),
      ),
    });
    expect(only(rows.grants).principalUid).toBe(`k8s:prod:user:${name}`);
  });
});
