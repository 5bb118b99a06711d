import { describe, expect, it } from 'vitest';
import { commandWords, completions, parseCommand, sharedBeginning } from '#dashboard/shell/commands.ts';
import { SMALL_SCREENS } from './small-screens.ts';

const parse = (text: string): unknown => parseCommand(text, SMALL_SCREENS);

describe('commands', () => {
  it('go to a screen by its id or another word for it', () => {
    expect(parse('identities')).toEqual({ kind: 'tab', index: 1, filter: '' });
    expect(parse(' ids ')).toEqual({ kind: 'tab', index: 1, filter: '' });
  });

  it('filter the screen by what follows it', () => {
    expect(parse('ids owner:shop !old')).toEqual({ kind: 'tab', index: 1, filter: 'owner:shop !old' });
  });

  it('open an identity by name', () => {
    expect(parse('identity deploy')).toEqual({ kind: 'identity', name: 'deploy' });
    expect(parse('deploy bot')).toEqual({ kind: 'identity', name: 'deploy bot' });
  });

  it('quit, help and reload', () => {
    expect([parse('q'), parse('quit'), parse('help'), parse('reload')]).toEqual([
      { kind: 'quit' },
      { kind: 'quit' },
      { kind: 'help' },
      { kind: 'reload' },
    ]);
  });

  it('are nothing without a word', () => {
    expect(parse('')).toBeNull();
    expect(parse('identity ')).toBeNull();
  });

  it('are completed', () => {
    const words = commandWords(SMALL_SCREENS);
    expect(words).toEqual([
      'colours',
      'help',
      'identities',
      'identity',
      'ids',
      'overview',
      'q',
      'quit',
      'reload',
    ]);
    expect(completions('id', words)).toEqual(['ids', 'identity', 'identities']);
    expect(sharedBeginning(['identity', 'identities'])).toBe('identit');
    expect(completions('', words)).toEqual([]);
    expect(sharedBeginning([])).toBe('');
  });
});
