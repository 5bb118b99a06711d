import { describe, expect, it } from 'vitest';
import { differingParts } from '#reports/differing-parts.ts';

const json = (...values: readonly [unknown, unknown]) =>
  differingParts(JSON.stringify(values[0]), JSON.stringify(values[1])).map(
    (text) => JSON.parse(text) as unknown,
  );

describe('the parts in which two documents differ', () => {
  it('are the statements that the other has not, in whatever order they stand', () => {
    const [read, write, run] = [{ Action: 'read' }, { Action: 'write' }, { Action: 'run' }];
    expect(
      json({ Version: '1', Statement: [read, write] }, { Version: '1', Statement: [write, run, read] }),
    ).toEqual([{ Statement: [] }, { Statement: [run] }]);
  });

  it('are the members of objects that differ, and those that only one has', () => {
    expect(json({ a: { b: 1, c: 2 }, d: 3 }, { a: { b: 1, c: 4 } })).toEqual([
      { a: { c: 2 }, d: 3 },
      { a: { c: 4 } },
    ]);
  });

  it('are those of one document among several, a line each', () => {
    const [scp, other] = [
      '{"Statement":[{"Action":"a"},{"Action":"b"}],"Version":"1"}',
      '{"Statement":[{"Action":"z"}]}',
    ];
    expect(differingParts(`${other}\n${scp}`, `${scp.replace(',{"Action":"b"}', '')}\n${other}`)).toEqual([
      '{"Statement":[{"Action":"b"}]}',
      '{"Statement":[]}',
    ]);
    expect(differingParts(scp, `${scp}\n${other}`)).toEqual(['[]', `[${other}]`]);
  });

  it('are all of texts that are no JSON', () => {
    expect(differingParts('if x', '{"a":1}')).toEqual(['if x', '{"a":1}']);
  });

  it('are named exactly where members have the names of what objects inherit', () => {
    const [old, now] = differingParts(
      '{"__proto__":{"a":1},"toString":1}',
      '{"__proto__":{"a":2},"toString":1}',
    );
    expect([old, now]).toEqual(['{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}']);
  });
});
