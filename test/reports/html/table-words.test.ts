import { describe, expect, it } from 'vitest';
import { packRows, unpackRows } from '#reports/html/packed-rows.ts';
import { readOrder, shownText, writeQuery } from '#reports/html/client/table-words.ts';

describe('the address of a table', () => {
  it('holds only what the reader chose', () => {
    const rest = { words: '', chosen: new Map(), sort: null, descending: false, page: 0 };
    expect(writeQuery(rest).toString()).toBe('');
    const chosen = new Map([['severity', new Set(['critical', 'high'])]]);
    const state = { words: 'a b', chosen, sort: 'title', descending: true, page: 2 };
    expect(writeQuery(state).toString()).toBe('q=a+b&severity=critical&severity=high&sort=-title&page=3');
  });

  it('gives back the order and the page that were written', () => {
    const order = { sort: 'title', descending: true, page: 2 };
    expect(readOrder(writeQuery({ words: '', chosen: new Map(), ...order }))).toEqual(order);
  });

  it.each(['', 'page=0', 'page=-3', 'page=x', 'page=1e99', 'page=1.5', 'sort='])(
    'is the first page unsorted where it says %j',
    (query) => {
      expect(readOrder(new URLSearchParams(query))).toEqual({ sort: null, descending: false, page: 0 });
    },
  );
});

describe('what a table says of its rows', () => {
  it('is which of how many, and from how many they were filtered', () => {
    expect(shownText(0, 100, 1234, 1234)).toBe('1–100 of 1,234');
    expect(shownText(100, 200, 1234, 5_678_901)).toBe('101–200 of 1,234 (filtered from 5,678,901)');
    expect(shownText(0, 0, 0, 7)).toBe('Nothing matches (filtered from 7)');
  });
});

describe('packed rows', () => {
  it('are unpacked as they were, absent keys as null', () => {
    const rows: { readonly a: number; readonly b?: string }[] = [{ a: 1 }, { a: 2, b: 'x' }];
    expect(unpackRows(JSON.parse(JSON.stringify(packRows(rows))))).toEqual([{ a: 1, b: null }, rows[1]]);
    expect(unpackRows(packRows([]))).toEqual([]);
  });
});
