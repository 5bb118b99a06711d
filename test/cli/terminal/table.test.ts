import { describe, expect, it } from 'vitest';
import { sanitise } from '../../../src/cli/terminal/sanitise.ts';
import { renderTable, type Column } from '../../../src/cli/terminal/table.ts';

const plain = Object.fromEntries(
  ['bold', 'dim', 'red', 'yellow', 'green', 'cyan', 'magenta'].map((name) => [name, (text: string) => text]),
) as unknown as Parameters<typeof renderTable>[3];

const columns: Column<{ id: string; n: number }>[] = [
  { title: 'ID', value: (row) => row.id, flexible: true },
  { title: 'N', value: (row) => String(row.n), align: 'right' },
];

describe('a table on the terminal', () => {
  it('aligns its columns under the header', () => {
    expect(
      renderTable(
        [
          { id: 'a', n: 1 },
          { id: 'long', n: 200 },
        ],
        columns,
        80,
        plain,
      ),
    ).toBe('ID      N\na       1\nlong  200\n');
  });

  it('cuts a flexible column in the middle to fit the width', () => {
    const text = renderTable([{ id: 'arn:aws:iam::111122223333:role/reporting', n: 7 }], columns, 24, plain);
    expect(text.split('\n')[1]).toBe('arn:aws:ia…/reporting  7');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(24);
  });

  it('counts wide characters as wide', () => {
    const text = renderTable(
      [
        { id: '日本', n: 1 },
        { id: 'abcd', n: 2 },
      ],
      columns,
      80,
      plain,
    );
    expect(text).toBe('ID    N\n日本  1\nabcd  2\n');
  });

  it('shows control characters and turned text as inert', () => {
    expect(sanitise('a\u001b[31mb\u202ec\nd')).toBe('a⟨U+001B⟩[31mb⟨U+202E⟩c d');
  });
});
