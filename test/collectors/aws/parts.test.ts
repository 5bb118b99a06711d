import { describe, expect, it } from 'vitest';
import { parseIamArn } from '#collectors/aws/arn.ts';
import { daysBefore, latest, parseInstant } from '#collectors/aws/instant.ts';
import { createMarks } from '#collectors/aws/intake/marks.ts';
import { environmentOf } from '#collectors/shared/environment.ts';

describe('parseIamArn', () => {
  it.each([
    ['arn:aws:iam::111122223333:user/a/b/jo', 'user', '/a/b/', 'jo', '111122223333'],
    ['arn:aws-cn:iam::111122223333:role/r', 'role', '/', 'r', '111122223333'],
    ['arn:aws:iam::aws:policy/service-role/P', 'policy', '/service-role/', 'P', null],
    ['arn:aws:iam::111122223333:root', 'root', '/', '', '111122223333'],
  ])('takes %s apart', (arn, type, path, name, accountId) => {
    expect(parseIamArn(arn)).toMatchObject({ arn, type, path, name, accountId });
  });

  it.each(['', 'arn:aws:s3:::bucket', 'arn:aws:sts::111122223333:assumed-role/r/s', 'arn:aws:iam::1:user/'])(
    'finds none in %j',
    (arn) => {
      expect(parseIamArn(arn)).toBeNull();
    },
  );
});

describe('parseInstant', () => {
  it.each<[unknown, string]>([
    ['2023-03-09 10:41:45+00:00', '2023-03-09T10:41:45.000Z'],
    ['2023-03-09T10:41:45Z', '2023-03-09T10:41:45.000Z'],
    ['2019-05-03T21:56:43.085000+00:00', '2019-05-03T21:56:43.085Z'],
    ['2023-03-09T10:41:45+02:00', '2023-03-09T08:41:45.000Z'],
    ['2023-03-09T10:41:45', '2023-03-09T10:41:45.000Z'],
    ['2023-03-09', '2023-03-09T00:00:00.000Z'],
    [1_678_358_505.5, '2023-03-09T10:41:45.500Z'],
    [
      {
        __class__: 'datetime',
        year: 2016,
        month: 11,
        day: 25,
        hour: 14,
        minute: 30,
        second: 42,
        microsecond: 500_000,
      },
      '2016-11-25T14:30:42.500Z',
    ],
  ])('reads %j', (value, expected) => {
    expect(parseInstant(value)).toBe(expected);
  });

  it.each([
    null,
    undefined,
    '',
    '1',
    'yesterday',
    '2023-13-45',
    '2023-03-09T25:00:00Z',
    1e30,
    Number.NaN,
    true,
    [],
    {},
  ])('finds no time in %j', (value) => {
    expect(parseInstant(value)).toBeNull();
  });

  it('refuses years that no column takes', () => {
    expect(parseInstant(1e12)).toBeNull();
    expect(parseInstant({ __class__: 'datetime', year: 'x' })).toBeNull();
  });
});

describe('times', () => {
  it('are counted back by whole days', () => {
    expect(daysBefore('2026-03-01T12:00:00.000Z', 2)).toBe('2026-02-27T12:00:00.000Z');
  });

  it('have a latest one, if there is any', () => {
    expect(latest([null, '2026-03-01T12:00:00.000Z', '2026-02-01T12:00:00.000Z'])).toBe(
      '2026-03-01T12:00:00.000Z',
    );
    expect(latest([null])).toBeNull();
  });
});

describe('marks', () => {
  it('tell what was marked, and with what, however many there are', () => {
    const marks = createMarks();
    const arnOf = (n: number): string => `arn:aws:iam::111122223333:role/${n}`;
    const numbers = Array.from({ length: 5000 }, (_, n) => n);
    const even = numbers.filter((n) => n % 2 === 0);
    expect(numbers.every((n) => marks.set(arnOf(n), 'known'))).toBe(true);
    expect(even.every((n) => marks.set(arnOf(n), 'read'))).toBe(true);
    expect(numbers.some((n) => marks.set(arnOf(n), 'known'))).toBe(false);
    expect(numbers.filter((n) => marks.has(arnOf(n), 'read'))).toEqual(even);
    expect(marks.has(arnOf(5000), 'known')).toBe(false);
  });
});

describe('environmentOf', () => {
  it.each<[Record<string, string>, string | null]>([
    [{ Environment: 'Prod' }, 'production'],
    [{ ENV: ' staging ' }, 'staging'],
    [{ stage: 'dev' }, 'development'],
    [{ env: 'qa' }, 'qa'],
    [{ env: '' }, null],
    [{ environments: 'prod' }, null],
    [{ env: 'constructor' }, 'constructor'],
  ])('of %j is %j', (tags, expected) => {
    expect(environmentOf(tags)).toBe(expected);
  });
});
