import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressPart, clip, readableInstant, visible } from '#reports/inert-text.ts';
import { hostileText } from './hostile.ts';

describe('inert text', () => {
  it('spells out controls, direction overrides, zero widths, separators and lone surrogates', () => {
    expect(visible('a\u0000b\u202ec\u200bd\u2028e\ud800f\u{e0041}')).toBe(
      'a⟨U+0000⟩b⟨U+202E⟩c⟨U+200B⟩d⟨U+2028⟩e⟨U+D800⟩f⟨U+E0041⟩',
    );
  });

  it('leaves letters of all scripts and emoji as they are', () => {
    expect(visible('ünïcödé 名前 اسم 🔑')).toBe('ünïcödé 名前 اسم 🔑');
  });

  it('is no longer than asked, keeps both ends and halves no character', () => {
    expect(clip('abcdefghijkl', 8)).toBe('abcde…kl');
    expect(clip('short', 8)).toBe('short');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, length) => {
        const clipped = clip(text, length);
        expect(clipped.length).toBeLessThanOrEqual(length);
        expect(clipped).not.toMatch(/\p{Cs}/u);
      }),
    );
  });

  it('shows instants to the minute and other text unchanged', () => {
    expect(readableInstant('2026-09-01T12:00:59.123Z')).toBe('2026-09-01 12:00 UTC');
    expect(readableInstant('yesterday')).toBe('yesterday');
  });

  it('makes part of an address out of any text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(addressPart(text)).toMatch(/^[\w%!'()*.~-]*$/u);
      }),
    );
  });
});
