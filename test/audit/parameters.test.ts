import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProfile, resolveParameters, type RuleParameters } from '#audit/parameters.ts';
import { tempDir } from '#test/temp-dir.ts';
import { rule } from './rule-text.ts';

const rules = [rule()];
const profile = (parameters: RuleParameters) => ({ name: 'test', about: 'x', parameters });

describe('the parameters of rules', () => {
  it('are the header’s defaults, below the profile, below the configuration', () => {
    expect(resolveParameters(rules, null, {})).toEqual({ sample: { days: 90 } });
    expect(resolveParameters(rules, profile({ sample: { days: 45 } }), {})).toEqual({ sample: { days: 45 } });
    expect(resolveParameters(rules, profile({ sample: { days: 45 } }), { sample: { days: 30 } })).toEqual({
      sample: { days: 30 },
    });
  });

  it.each([
    [{ smaple: { days: 1 } }, 'parameters: there is no rule `smaple`'],
    [{ sample: { day: 1 } }, 'parameters: sample.day: the rule has no such parameter'],
    [{ sample: { toString: 1 } }, 'parameters: sample.toString: the rule has no such parameter'],
    [{ sample: { days: 0 } }, 'parameters: sample.days: expected at least 1, found 0'],
    [{ sample: { days: 366 } }, 'parameters: sample.days: expected at most 365, found 366'],
    [{ sample: { days: NaN } }, 'parameters: sample.days: expected a finite number'],
    [{ sample: { days: '30' } }, 'parameters: sample.days: expected a number, found a text'],
    [{ sample: { days: ['30'] } }, 'parameters: sample.days: expected a number, found a list of texts'],
    [{ sample: { days: true } }, 'parameters: sample.days: expected a number, found true or false'],
  ])('are refused where they do not fit: %j', (configured, message) => {
    expect(() => resolveParameters(rules, null, configured)).toThrow(
      expect.objectContaining({ name: 'ConfigError', message }),
    );
  });

  it('are checked in profiles too', () => {
    expect(() => resolveParameters(rules, profile({ sample: { days: 0 } }), {})).toThrow(
      'profile test: sample.days: expected at least 1',
    );
  });
});

describe('a profile', () => {
  it('is a file of its name', async () => {
    const folder = await tempDir();
    await writeFile(join(folder, 'mine.yaml'), 'about: Mine.\nparameters: { sample: { days: 7 } }\n');
    expect(await loadProfile(folder, 'mine')).toEqual({
      name: 'mine',
      about: 'Mine.',
      parameters: { sample: { days: 7 } },
    });
  });

  it('is refused where it does not exist or is not one, and is never a file elsewhere', async () => {
    const folder = join(await tempDir(), 'profiles');
    await mkdir(folder);
    await writeFile(join(folder, '..', 'outside.yaml'), 'about: Out.\n');
    await writeFile(join(folder, 'odd.yaml'), 'about: Odd.\nparams: {}\n');
    await writeFile(join(folder, 'broken.yaml'), 'about: [\n');
    await expect(loadProfile(folder, '../outside')).rejects.toMatchObject({ hint: 'There are broken, odd.' });
    await expect(loadProfile(folder, 'odd')).rejects.toThrow(/odd\.yaml: .*Unrecognized key: "params"/u);
    await expect(loadProfile(folder, 'broken')).rejects.toThrow(/broken\.yaml: Flow sequence/u);
  });
});
