import { describe, expect, it } from 'vitest';
import { parseAddress, selectRows } from '#reports/html/client/rows.ts';
import type { RowReader, TableState } from '#reports/html/client/rows.ts';

interface Row {
  readonly name: string;
  readonly tags: readonly string[];
  readonly weight: number;
}

const ROWS: readonly Row[] = [
  { name: 'Billing Export', tags: ['admin', 'data-read'], weight: 2 },
  { name: 'argo', tags: [], weight: 3 },
  { name: 'CI deployer', tags: ['data-read'], weight: 2 },
];

const READER: RowReader<Row> = {
  haystack: (row) => row.name.toLowerCase(),
  facets: { tag: (row) => row.tags },
  keys: { name: (row) => row.name.toLowerCase(), weight: (row) => row.weight },
};

const ALL: TableState = { words: '', chosen: new Map(), sort: null, descending: false, page: 0 };

describe('the rows of a table', () => {
  it('are all there, in the order they came, where nothing is asked for', () => {
    expect(names(ALL)).toEqual(['Billing Export', 'argo', 'CI deployer']);
  });

  it('contain every word that is searched for, in any order and case', () => {
    expect(names({ ...ALL, words: ' EXPORT  bill ' })).toEqual(['Billing Export']);
    expect(names({ ...ALL, words: 'export argo' })).toEqual([]);
  });

  it('have one of the values that are chosen', () => {
    expect(names({ ...ALL, chosen: new Map([['tag', new Set(['admin', 'other'])]]) })).toEqual([
      'Billing Export',
    ]);
  });

  it('pay no heed to a control or a column that is not theirs', () => {
    expect(
      names({ ...ALL, chosen: new Map([['constructor', new Set(['x'])]]), sort: 'toString' }),
    ).toHaveLength(3);
  });

  it('are sorted by a column, equal ones as they came', () => {
    expect(names({ ...ALL, sort: 'name' })).toEqual(['argo', 'Billing Export', 'CI deployer']);
    expect(names({ ...ALL, sort: 'weight', descending: true })).toEqual([
      'argo',
      'Billing Export',
      'CI deployer',
    ]);
  });
});

describe('an address in the page', () => {
  it('names a view, what of it, and parameters', () => {
    const { view, rest, query } = parseAddress(
      '#/identity/arn%3Aaws/x?status=fail&severity=high&severity=low',
    );
    expect([view, rest, query.get('status'), query.getAll('severity')]).toEqual([
      'identity',
      'arn%3Aaws/x',
      'fail',
      ['high', 'low'],
    ]);
  });

  it.each(['', '#', '#/', '#/?', '#?'])('names nothing where it is %j', (hash) => {
    const { view, rest, query } = parseAddress(hash);
    expect([view, rest, query.toString()]).toEqual(['', '', '']);
  });
});

function names(state: TableState): string[] {
  return selectRows(ROWS, state, READER).map((row) => row.name);
}
