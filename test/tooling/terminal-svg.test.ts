import { describe, expect, it } from 'vitest';
import { runsOf } from '#tooling/pictures/ansi-text.ts';
import { terminalSvg } from '#tooling/pictures/terminal-svg.ts';

const ESC = '\u001B[';

describe('runsOf', () => {
  it('tells text by its colours, and what each line ends in', () => {
    const { runs, end } = runsOf(`a${ESC}1;31mb${ESC}0mc${ESC}38;5;196md${ESC}48;2;1;2;3me`);
    expect(runs.map(({ text, style }) => [text, style.colour, style.ground, style.bold])).toEqual([
      ['a', null, null, false],
      ['b', '#ff7b72', null, true],
      ['c', null, null, false],
      ['d', '#ff0000', null, false],
      ['e', '#ff0000', '#010203', false],
    ]);
    expect(end.ground).toBe('#010203');
  });

  it('leaves out sequences that move the cursor', () => {
    expect(runsOf(`a${ESC}2Kb`).runs.map(({ text }) => text)).toEqual(['a', 'b']);
  });
});

describe('terminalSvg', () => {
  it('puts each run in its cell, and text as text', () => {
    const svg = terminalSvg(`ab${ESC}7m<c>${ESC}0m\n界x`, 10, 'A & B');
    expect(svg).toContain('<title>A &amp; B</title>');
    expect(svg).toContain('&lt;c&gt;');
    // Two cells before it, and a wide letter before the second line's last.
    expect(svg).toMatch(/<rect x="30\.8" y="14" width="25\.2"/u);
    expect(svg).toMatch(/<text x="14\.0" y="45" textLength="25\.2"[^>]*>界x</u);
  });
});
