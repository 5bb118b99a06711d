import { beforeAll, describe, expect, it } from 'vitest';
import { expectShown, onScreen } from './on-screen.tsx';
import { smallEstate } from './small-estate.ts';
import { smallHost } from './small-screens.ts';

let folder: string;

beforeAll(async () => {
  folder = await smallEstate();
});

const SMALL = { columns: 80, rows: 24 };
const LARGE = { columns: 120, rows: 40 };

describe('a frame', () => {
  it('of a list at 80 by 24 has the header, the screens, the way, the rows and the keys', async () => {
    const screen = onScreen(smallHost(folder), SMALL);
    await expectShown(screen, '40 identities');
    screen.type('2');
    await expectShown(screen, 'team-0-app-00');
    const [header, ...lines] = screen.lines();
    expect(header).toMatch(
      /^nhi {2}2026-03-01 12:00 UTC {2}coverage 66 % {2}20260301T120000Z-[\da-f]{6}.* read-only$/u,
    );
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      " 1 Overview [2 Identities] 3 Colours
       Identities                                                              1 of 40
        Name↑                                Kind        Owner                  Grants
      > team-0-app-00                        iam-role    –                           1
        team-0-app-04                        iam-role    –                           0
        team-0-app-08                        iam-role    –                           0
        team-0-app-12                        iam-role    –                           0
        team-0-app-16                        iam-role    –                           0
        team-0-app-20                        iam-role    –                           0
        team-0-app-24                        iam-role    –                           0
        team-0-app-28                        iam-role    –                           0
        team-0-app-32                        iam-role    –                           0
        team-0-app-36                        iam-role    –                           0
        team-1-app-01                        iam-role    –                           1
        team-1-app-05                        iam-role    –                           0
        team-1-app-09                        iam-role    –                           0
        team-1-app-13                        iam-role    –                           0
        team-1-app-17                        iam-role    –                           0
        team-1-app-21                        iam-role    –                           0
        team-1-app-25                        iam-role    –                           0
        team-1-app-29                        iam-role    –                           0

      ? help  q quit  enter open  esc back  / filter  : go to  s S sort  space mark"
    `);
  });

  it('of a list at 120 by 40 has the preview of the row beside it', async () => {
    const screen = onScreen(smallHost(folder), LARGE);
    await expectShown(screen, '40 identities');
    screen.type('2', 'j');
    await expectShown(screen, 'Preview of team-0-app-04');
    const [header, ...lines] = screen.lines();
    expect(header).toMatch(/ {2}20260301T120000Z-[\da-f]{6} {2}\/.* read-only$/u);
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      " 1 Overview [2 Identities] 3 Colours
       Identities                                                                                                      2 of 40
        Name↑                         Kind        Owner              Grants │ Preview of team-0-app-04
        team-0-app-00                 iam-role    –                       1 │ arn:aws:iam::111111111111:role/team-0-app-04
      > team-0-app-04                 iam-role    –                       0 │ It may do nothing.
        team-0-app-08                 iam-role    –                       0 │
        team-0-app-12                 iam-role    –                       0 │
        team-0-app-16                 iam-role    –                       0 │
        team-0-app-20                 iam-role    –                       0 │
        team-0-app-24                 iam-role    –                       0 │
        team-0-app-28                 iam-role    –                       0 │
        team-0-app-32                 iam-role    –                       0 │
        team-0-app-36                 iam-role    –                       0 │
        team-1-app-01                 iam-role    –                       1 │
        team-1-app-05                 iam-role    –                       0 │
        team-1-app-09                 iam-role    –                       0 │
        team-1-app-13                 iam-role    –                       0 │
        team-1-app-17                 iam-role    –                       0 │
        team-1-app-21                 iam-role    –                       0 │
        team-1-app-25                 iam-role    –                       0 │
        team-1-app-29                 iam-role    –                       0 │
        team-1-app-33                 iam-role    –                       0 │
        team-1-app-37                 iam-role    –                       0 │
        team-2-app-02                 iam-role    –                       1 │
        team-2-app-06                 iam-role    –                       0 │
        team-2-app-10                 iam-role    –                       0 │
        team-2-app-14                 iam-role    –                       0 │
        team-2-app-18                 iam-role    –                       0 │
        team-2-app-22                 iam-role    –                       0 │
        team-2-app-26                 iam-role    –                       0 │
        team-2-app-30                 iam-role    –                       0 │
        team-2-app-34                 iam-role    –                       0 │
        team-2-app-38                 iam-role    –                       0 │
        team-3-app-03                 iam-role    –                       0 │
        team-3-app-07                 iam-role    –                       0 │
        team-3-app-11                 iam-role    –                       0 │
        team-3-app-15                 iam-role    –                       0 │

      ? help  q quit  enter open  esc back  / filter  : go to  s S sort  space mark  x plan  c copy  o write  e edit"
    `);
  });

  it('of a page at 80 by 24 has a cursor, and shows what enter would open', async () => {
    const screen = onScreen(smallHost(folder), SMALL);
    await expectShown(screen, '40 identities');
    screen.type('j');
    await expectShown(screen, '> See all');
    expect(screen.lines().slice(1).join('\n')).toMatchInlineSnapshot(`
      "[1 Overview] 2 Identities  3 Colours
       Overview                                                            line 2 of 3
        40 identities on 78 columns
      > See all of them
        See those of team-1

















      ? help  q quit  enter open  esc back  / filter  : go to  x plan  c copy  o write"
    `);
  });

  it('of the help lists the keys of the screen and its columns', async () => {
    const screen = onScreen(smallHost(folder), LARGE);
    await expectShown(screen, '40 identities');
    screen.type('2', '?');
    await expectShown(screen, 'this help');
    expect(screen.lines().slice(2).join('\n')).toMatchInlineSnapshot(`
      " Identities › Help for Identities                                                                           line 1 of 28
      > ?                this help
        q                quit; ctrl-c does the same
        enter            open what the cursor is on
        esc              take the filter away; without one, go back
        /                filter: word, !word, column:word, "two words"
        :                go to a screen or an identity by name; tab completes
        s S              sort by the chosen column, up or down; again: turn round
        space            mark the row
        x                plan a revocation and see what would remain; nothing is done
        i                open the identity of the row
        c                copy the key, or the keys of the marked rows (OSC 52)
        o                write the rows, or the marked ones, to a CSV file
        e                open the row or page in $VISUAL or $EDITOR
        r                read the newest snapshot again
        j k ↑ ↓          one row
        g G home end     first, last row
        ctrl-d ctrl-u    half a screen
        pgdn pgup        a screen
        1 … 9 0          a screen by its number
        [ ] h l ← → tab  the screen before, after
        shift-← shift-→  choose the column to sort by
        shift-letter     sort by the column whose title begins with it

        Columns for /    name, kind, owner, grants
                         as in /name:word !other

        Commands: :colours :help :identities :identity :ids :overview :q :quit :reload
        The dashboard only looks: it never changes a system or a snapshot.








      ? help  q quit  enter open  esc back  / filter  : go to  x plan  c copy  o write  e edit"
    `);
  });

  it('in ASCII mode is ASCII alone', async () => {
    const screen = onScreen(smallHost(await smallEstate('naïve‮'), { ascii: true }), LARGE);
    await expectShown(screen, '41 identities');
    screen.type('2', '/', 'n', 'a', 'ï', '\r');
    await expectShown(screen, 'na<U+00EF>ve<U+202E>');
    screen.type('?');
    await expectShown(screen, 'Help for');
    expect(screen.frames.join('')).toMatch(/^[\n -~]*$/u);
  });
});
