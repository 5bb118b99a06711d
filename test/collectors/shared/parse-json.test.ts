import { describe, expect, it } from 'vitest';
import { parseJson } from '#collectors/shared/parse-json.ts';

describe('parseJson', () => {
  it('gives the value of a valid text', () => {
    expect(parseJson('{"a":["]}\\"[",{}]}')).toEqual({ ok: true, value: { a: [']}"[', {}] } });
  });

  it('refuses what nests deeper than allowed and accepts what nests as deep as that', () => {
    expect(parseJson('[[1]]', 2).ok).toBe(true);
    expect(parseJson('[[[1]]]', 2)).toEqual({ ok: false, reason: 'nested deeper than 2 levels' });
    expect(parseJson('['.repeat(1_000_000)).ok).toBe(false);
  });

  it('names the place of an error and quotes nothing of the text', () => {
    expect(parseJson('{"a":1,}')).toEqual({ ok: false, reason: 'not valid JSON at character 7' });
    expect(parseJson('secret')).toEqual({ ok: false, reason: expect.stringMatching(/^not valid JSON/) });
    expect(parseJson('secret')).not.toEqual(
      expect.objectContaining({ reason: expect.stringContaining('secret') }),
    );
  });
});
