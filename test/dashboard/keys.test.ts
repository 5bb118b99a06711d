import { describe, expect, it } from 'vitest';
import { keysOf, types, type InkKey } from '#dashboard/keys/key.ts';
import { edit, typed } from '#dashboard/shell/line-editor.ts';

const NONE: InkKey = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  tab: false,
  backspace: false,
  delete: false,
  ctrl: false,
  shift: false,
  meta: false,
};

describe('keys', () => {
  it('have names', () => {
    expect(keysOf('', { ...NONE, pageDown: true })).toEqual(['pgdn']);
    expect(keysOf('', { ...NONE, leftArrow: true, shift: true })).toEqual(['shift-left']);
    expect(keysOf('d', { ...NONE, ctrl: true })).toEqual(['ctrl-d']);
    expect(keysOf('', { ...NONE, delete: true })).toEqual(['backspace']);
    expect(keysOf('G', { ...NONE, shift: true })).toEqual(['G']);
  });

  it('that come together are several', () => {
    expect(keysOf('jjj', NONE)).toEqual(['j', 'j', 'j']);
    expect(keysOf('/ab\r', NONE)).toEqual(['/', 'a', 'b', 'enter']);
    expect(keysOf('a\u007f\u0003', NONE)).toEqual(['a', 'backspace', 'ctrl-c']);
  });

  it('that are no keys at all are nothing', () => {
    expect(keysOf('[<0;10;20M', NONE)).toEqual([]);
    expect(keysOf('[I', NONE)).toEqual([]);
  });

  it('type a character or do something', () => {
    expect(types('é')).toBe(true);
    expect(types('enter')).toBe(false);
    expect(types('\u001b')).toBe(false);
  });
});

describe('the line editor', () => {
  const after = (text: string, ...keys: string[]): string => {
    let line = typed(text);
    for (const key of keys) line = edit(line, key) ?? line;
    return `${line.text.slice(0, line.at)}|${line.text.slice(line.at)}`;
  };

  it('types where the cursor is', () => {
    expect(after('ac', 'left', 'b')).toBe('ab|c');
    expect(after('b', 'home', 'a')).toBe('a|b');
    expect(after('a', 'home', 'end', 'b')).toBe('ab|');
  });

  it('deletes a character, a word, the beginning or the end', () => {
    expect(after('abc', 'backspace')).toBe('ab|');
    expect(after('abc', 'left', 'ctrl-d')).toBe('ab|');
    expect(after('one two ', 'ctrl-w')).toBe('one |');
    expect(after('abc', 'left', 'ctrl-u')).toBe('|c');
    expect(after('abc', 'left', 'ctrl-k')).toBe('ab|');
  });

  it('stops at the ends', () => {
    expect(after('a', 'right', 'right')).toBe('a|');
    expect(after('a', 'left', 'left', 'backspace')).toBe('|a');
  });

  it('knows no other keys', () => {
    expect(edit(typed('a'), 'pgdn')).toBeNull();
  });
});
