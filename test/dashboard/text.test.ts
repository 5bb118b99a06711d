import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { beginning, cellsOf, fit } from '#dashboard/text/cells.ts';
import { createPainter } from '#dashboard/text/painter.ts';
import { wrapSpans } from '#dashboard/text/wrap-spans.ts';
import { visible } from '#reports/inert-text.ts';

const sanitise = visible;
const bare = createPainter({ theme: 'none', ascii: false, sanitise });
const anyText = fc.string({ unit: 'binary', maxLength: 40 });

describe('cells', () => {
  it('are counted as the terminal does', () => {
    expect(cellsOf('abc')).toBe(3);
    expect(cellsOf('日本')).toBe(4);
    expect(cellsOf('e\u0301')).toBe(1);
  });

  it('are cut between characters and never within one', () => {
    expect(beginning('日本語', 3)).toBe('日');
    expect(beginning('e\u0301a', 1)).toBe('e\u0301');
    expect(fit('日本語', 4, '…')).toBe('日… ');
  });

  it('are filled at the side that the text is not aligned to', () => {
    expect(fit('ab', 4, '…')).toBe('ab  ');
    expect(fit('ab', 4, '…', 'right')).toBe('  ab');
    expect(fit('abcdef', 4, '…', 'right')).toBe('abc…');
  });

  it('of a fitted text are as many as were asked for', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 30 }), (text, cells) => {
        expect(stringWidth(fit(visible(text), cells, '…'))).toBe(cells);
      }),
    );
  });
});

describe('a painted line', () => {
  it('is as wide as its place and holds nothing that moves the cursor, whatever a cloud calls things', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 4 }), fc.integer({ min: 1, max: 50 }), (texts, cells) => {
        const line = bare.line(
          texts.map((text) => ({ text })),
          cells,
        );
        expect(stringWidth(line)).toBe(cells);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });

  it('ends in an ellipsis where something was cut', () => {
    expect(bare.line([{ text: 'abc' }, { text: 'def' }], 5)).toBe('abcd…');
    expect(bare.line([{ text: 'abc' }, { text: 'def' }], 6)).toBe('abcdef');
  });

  it('spells out control characters and overrides of the direction', () => {
    expect(bare.line([{ text: 'a\u001b[2Jb\u202e' }], 40)).toBe('a⟨U+001B⟩[2Jb⟨U+202E⟩'.padEnd(40));
  });

  it('is ASCII alone where that is asked for', () => {
    const ascii = createPainter({ theme: 'none', ascii: true, sanitise });
    expect(ascii.line([{ text: 'café\u202e' }], 30)).toBe('caf<U+00E9><U+202E>'.padEnd(30));
    expect(ascii.line([{ text: 'abcdef' }], 4)).toBe('abc~');
  });

  it('is coloured by tone, inverted whole where the cursor is, and plain without colour', () => {
    const dark = createPainter({ theme: 'dark', ascii: false, sanitise });
    expect(dark.line([{ text: 'x', tone: 'bad' }, { text: 'y' }], 3)).toBe('\u001b[1;31mx\u001b[0my ');
    expect(dark.line([{ text: 'x', tone: 'bad' }], 2, true)).toBe('\u001b[7mx\u001b[0m\u001b[7m \u001b[0m');
    expect(bare.line([{ text: 'x', tone: 'bad' }], 2, true)).toBe('x ');
  });
});

describe('wrapping', () => {
  const wrapped = (text: string, cells: number): string[] =>
    wrapSpans([{ text }], cells).map((spans) => spans.map((span) => span.text).join(''));

  it('breaks at spaces, and within a word that is longer than a line', () => {
    expect(wrapped('one two three', 8)).toEqual(['one two ', 'three']);
    expect(wrapped('arn:aws:iam', 5)).toEqual(['arn:a', 'ws:ia', 'm']);
  });

  it('keeps an empty line', () => {
    expect(wrapSpans([], 10)).toEqual([[]]);
  });

  it('keeps tones over a break', () => {
    expect(wrapSpans([{ text: 'ab ' }, { text: 'cd ef', tone: 'bad' }], 5)).toEqual([
      [{ text: 'ab ' }, { text: 'cd', tone: 'bad' }],
      [{ text: 'ef', tone: 'bad' }],
    ]);
  });

  it('loses no character but spaces', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 2, max: 20 }), (text, cells) => {
        expect(wrapped(visible(text), cells).join('').replaceAll(' ', '')).toBe(
          visible(text).replaceAll(' ', ''),
        );
      }),
    );
  });
});
