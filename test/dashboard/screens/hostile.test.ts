import { describe, expect, it } from 'vitest';
import { SCREENS } from '#dashboard/screens/index.ts';
import { cellsOf } from '#dashboard/text/cells.ts';
import { able, step } from '../../estates/access.ts';
import {
  listRows,
  listScreen,
  pageScreen,
  pageText,
  previewText,
  screensOverWorld,
  textsOf,
} from './screens-over.ts';
import { OLD_KEY } from './shop.ts';

/** A name that quotes, breaks the line, moves the cursor, turns the direction, and is long. */
const EVIL = `'"; DROP TABLE findings; --\u001b[2J\u202e\n${'名'.repeat(120)}`;
const UID = `arn:aws:iam::111111111111:role/${EVIL}`;

const HOSTILE = [
  { identities: [{ uid: UID, name: EVIL, kind: EVIL, classReason: EVIL, tags: { [EVIL]: EVIL } }] },
  able(UID, 'admin', { scopeUid: EVIL }),
  step(UID, EVIL, 'assume-role', { permissions: [EVIL] }),
  { credentials: [{ uid: EVIL, identityUid: UID, name: EVIL, kind: EVIL }] },
  { owners: [{ identityUid: UID, owner: EVIL, source: EVIL }] },
  {
    trusts: [{ uid: EVIL, identityUid: UID, trusted: EVIL, mechanism: EVIL, condition: { [EVIL]: [EVIL] } }],
  },
  { usages: [{ identityUid: UID, subject: 'identity', source: EVIL, blindSpots: [EVIL] } as const] },
  { workloads: [{ uid: EVIL, identityUid: UID, kind: EVIL, name: EVIL }] },
  {
    coverage: [{ call: EVIL, status: 'failed', feed: null, detail: EVIL, missingPermission: EVIL } as const],
  },
];

const DEEP = JSON.parse(`${'{"a":['.repeat(200)}1${']}'.repeat(200)}`);
const FINDINGS = {
  findings: [
    {
      ...OLD_KEY,
      id: EVIL,
      ruleId: EVIL,
      title: EVIL,
      identityUid: UID,
      subjectUid: EVIL,
      evidence: { [EVIL]: EVIL, deep: DEEP },
    },
  ],
};

describe('names from clouds', () => {
  it.each(SCREENS.tabs.filter(({ kind }) => kind === 'list').map(({ id }) => id))(
    'come as they are in the list of %s, and open what they name',
    async (id) => {
      const data = await screensOverWorld(HOSTILE, FINDINGS);
      for (const row of (await listRows(id, data)).slice(0, 5)) {
        const lines = await previewText(id, row, data);
        expect(lines.filter((text) => cellsOf(text) > 48)).toEqual([]);
        const link = listScreen(id).open?.(row);
        if (link?.subject === undefined) continue;
        const page = await pageScreen(link.screen).lines(link.subject, 78, data);
        expect(page.length).toBeGreaterThan(0);
      }
    },
  );

  it('do not make a page wider than its pane', async () => {
    const data = await screensOverWorld(HOSTILE, FINDINGS);
    for (const [id, subject] of [
      ['identity', UID],
      ['finding', EVIL],
      ['overview', undefined],
      ['plan', UID],
    ] as const) {
      for (const columns of [78, 118]) {
        const wide = (await pageText(id, subject, columns, data)).filter((text) => cellsOf(text) > columns);
        expect(wide, `${id} on ${columns}`).toEqual([]);
      }
    }
  });

  it('are found again by their keys', async () => {
    const data = await screensOverWorld(HOSTILE, FINDINGS);
    const [row] = await listRows('identities', data);
    expect(row?.key).toBe(UID);
    expect(row?.['name']).toBe(EVIL);
  });
});

describe('a snapshot without anything', () => {
  it('explains itself and the next command on the overview', async () => {
    const data = await screensOverWorld([]);
    expect(await pageText('overview', undefined, 78, data)).toEqual([
      'This snapshot holds no identities.',
      'That is no good news: nothing was read, or what was read holds none.',
      'Coverage says what was read and what was not',
      'To read systems: nhi doctor, then nhi scan. To read exports: nhi scan --import',
      'PATH.',
    ]);
  });

  it.each(['findings', 'identities', 'paths', 'revocations', 'coverage'])(
    'has no rows in the list of %s, which says what that means and what comes next',
    async (id) => {
      const data = await screensOverWorld([]);
      expect(await listRows(id, data)).toEqual([]);
      const text = textsOf(listScreen(id).empty).join(' ');
      expect(text).toMatch(/nhi |screen|Identities/u);
    },
  );
});
