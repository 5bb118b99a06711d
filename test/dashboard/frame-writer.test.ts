import { describe, expect, it } from 'vitest';
import { lineWriter, screenWriter, type FrameWriter } from '#dashboard/terminal/frame-writer.ts';
import { clipboard } from '#dashboard/terminal/modes.ts';

function written(make: (write: (text: string) => void) => FrameWriter): {
  writer: FrameWriter;
  take: () => string;
} {
  let text = '';
  const writer = make((more) => {
    text += more;
  });
  return {
    writer,
    take() {
      const taken = text.replaceAll('\u001b', 'ESC');
      text = '';
      return taken;
    },
  };
}

describe('the screen writer', () => {
  it('clears once, and then writes the lines that differ, each at its place and in one synchronised piece', () => {
    const { writer, take } = written(screenWriter);
    writer.draw('one\ntwo\nthree');
    expect(take()).toBe('ESC[?2026hESC[2JESC[1;1HESC[KoneESC[2;1HESC[KtwoESC[3;1HESC[KthreeESC[?2026l');
    writer.draw('one\n2\nthree');
    expect(take()).toBe('ESC[?2026hESC[2;1HESC[K2ESC[?2026l');
  });

  it('writes nothing where nothing changed', () => {
    const { writer, take } = written(screenWriter);
    writer.draw('one');
    take();
    writer.draw('one');
    expect(take()).toBe('');
  });

  it('writes everything again after it was reset', () => {
    const { writer, take } = written(screenWriter);
    writer.draw('one');
    take();
    writer.reset();
    writer.draw('one');
    expect(take()).toBe('ESC[?2026hESC[2JESC[1;1HESC[KoneESC[?2026l');
  });

  it('never writes a line break: no line can push another off the screen', () => {
    const { writer, take } = written(screenWriter);
    writer.draw('one\ntwo');
    writer.draw('1\n2');
    expect(take()).not.toMatch(/[\r\n]/u);
  });
});

describe('the line writer', () => {
  it('prints the lines that were not there before, and no sequences', () => {
    const { writer, take } = written(lineWriter);
    writer.draw('Findings\nRow 1. a');
    writer.draw('Findings\nRow 2. b');
    writer.draw('Findings\nRow 2. b');
    expect(take()).toBe('Findings\nRow 1. a\nRow 2. b\n');
  });
});

describe('the clipboard sequence', () => {
  it('holds the text in base64, and is not made of more than terminals take', () => {
    expect(clipboard('uid é')?.replace('\u001b', 'ESC').replace('\u0007', 'BEL')).toBe(
      'ESC]52;c;dWlkIMOpBEL',
    );
    expect(clipboard('x'.repeat(60_000))).toBeNull();
  });
});
