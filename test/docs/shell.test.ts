import { describe, expect, it } from 'vitest';
import { callsIn } from './shell.ts';

const words = (text: string) => callsIn(text).map((call) => call.words.join('·'));

describe('the calls that examples show', () => {
  it('are found in every line where no line has a prompt', () => {
    expect(words('nhi scan\naws iam x > y\nnpx nhi gate --new-only # why\n')).toEqual([
      'scan',
      'gate·--new-only',
    ]);
  });

  it('are found between other commands, and over the end of a line', () => {
    expect(words('terraform plan && nhi gate --plan x | tee y; nhi kpi')).toEqual(['gate·--plan·x', 'kpi']);
    expect(words('nhi report \\\n  --output a.html')).toEqual(['report·--output·a.html']);
  });

  it('keep what is quoted together', () => {
    expect(words(`nhi sql "SELECT 'a' FROM b" --format csv`)).toEqual([`sql·SELECT 'a' FROM b·--format·csv`]);
    expect(words(`nhi sql 'a; b | c'`)).toEqual(['sql·a; b | c']);
  });

  it('have the file that they are written to, and no word of it', () => {
    expect(callsIn('nhi report >> "$FILE"')).toEqual([{ words: ['report'], file: '$FILE', shown: null }]);
  });

  it('have what is shown below them up to the next prompt', () => {
    expect(callsIn('$ nhi kpi\none\n  two\n$ nhi paths\n')).toEqual([
      { words: ['kpi'], file: null, shown: 'one\n  two' },
      { words: ['paths'], file: null, shown: null },
    ]);
  });
});
