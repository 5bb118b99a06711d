import { describe, expect, it } from 'vitest';
import { createElementShortcut } from '#collectors/shared/element-shortcut.ts';

const TEXT = Buffer.from('{"k":1},\n {"k":[{"k":2},{"k":3}]},\n {"k":4},\n {"x":5}');
const SECOND = TEXT.indexOf('{"k":[');
const THIRD = TEXT.indexOf('{"k":4');

describe('the element shortcut', () => {
  it('knows the seam once it saw two elements, and finds those that end at one', () => {
    const shortcut = createElementShortcut(1000);
    expect(shortcut.parse(TEXT, 0)).toBeNull();
    shortcut.scanned(TEXT.indexOf(','));
    expect(shortcut.parse(TEXT, SECOND)).toBeNull();
    shortcut.scanned(THIRD - 3);
    expect(shortcut.parse(TEXT, 0)).toEqual({ value: { k: 1 }, end: 7 });
    expect(shortcut.parse(TEXT, SECOND)).toEqual({ value: { k: [{ k: 2 }, { k: 3 }] }, end: THIRD - 3 });
  });

  it('leaves to the scan what ends at no seam, nests a seam or is too large', () => {
    const compact = Buffer.from('{"k":1},{"k":[{"k":2},{"k":3}]},{"k":4}');
    const shortcut = createElementShortcut(10);
    shortcut.scanned(7);
    expect(shortcut.parse(compact, 8)).toBeNull();
    expect(shortcut.parse(compact, 0)).toEqual({ value: { k: 1 }, end: 7 });
    expect(shortcut.parse(compact, 8)).toBeNull();
    expect(shortcut.parse(compact, compact.length - 7)).toBeNull();
    expect(shortcut.parse(Buffer.from(`{"k":"${'x'.repeat(20)}"},{"k":1}`), 0)).toBeNull();
  });

  it('gives up where its guesses fail', () => {
    const shortcut = createElementShortcut(1000);
    const good = Buffer.from('{"k":1},{"k":2}');
    shortcut.scanned(7);
    shortcut.parse(good, 8);
    expect(shortcut.parse(good, 0)).not.toBeNull();
    for (let n = 0; n < 20; n++) shortcut.parse(Buffer.from('{"other":1}'), 0);
    expect(shortcut.parse(good, 0)).toBeNull();
  });

  it('knows nothing of another list', () => {
    const shortcut = createElementShortcut(1000);
    const text = Buffer.from('{"k":1},{"k":2}');
    shortcut.scanned(7);
    shortcut.parse(text, 8);
    shortcut.reset();
    expect(shortcut.parse(text, 0)).toBeNull();
  });
});
