import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { junitReport } from '#reports/junit/index.ts';
import { xmlText } from '#reports/junit/xml.ts';
import { hostileText, inputNamed, shuffledSmall } from '../hostile.ts';
import { EMPTY, result, rule, SMALL } from '../sample.ts';
import { readXml, type XmlElement } from './read-xml.ts';

describe('the junit report', () => {
  it('has a suite for each rule, with failures, unknown answers and passes, and one for gaps', async () => {
    await expect(junitReport.render(SMALL)).toMatchFileSnapshot('../../golden/reports/junit.xml');
  });

  it('does not depend on the order of its input', () => {
    const text = junitReport.render(SMALL);
    fc.assert(
      fc.property(shuffledSmall, (input) => {
        expect(junitReport.render(input)).toBe(text);
      }),
    );
  });

  it('is well-formed, and its counts are those of its tests, whatever names contain', () => {
    const shape = (root: XmlElement): number[] =>
      root.children.map(({ children }) => children.length).toSorted((a, b) => a - b);
    const plain = shape(readXml(junitReport.render(inputNamed('plain'))));
    fc.assert(
      fc.property(hostileText, (name) => {
        const root = readXml(junitReport.render(inputNamed(name)));
        expect(shape(root)).toEqual(plain);
        for (const each of root.children) expect(counted(each)).toEqual(stated(each));
        expect(stated(root)).toEqual(root.children.map(stated).reduce(added));
      }),
    );
  });

  it('skips what is unknown and says why', () => {
    const [test] = suite(junitReport.render(SMALL), 'unused-identity').children;
    expect(test?.children[0]).toMatchObject({
      name: 'skipped',
      attributes: { message: expect.stringContaining('no usage was collected') },
    });
  });

  it('counts what passed in one test', () => {
    const input = {
      ...EMPTY,
      rules: [rule({ id: 'r' })],
      ruleResults: [result({ ruleId: 'r', passed: 1200 })],
    };
    expect(suite(junitReport.render(input), 'r').children).toMatchObject([
      { name: 'testcase', attributes: { name: '1,200 subjects passed' }, children: [] },
    ]);
  });

  it('skips a rule that had nothing to check, so that its suite is not green', () => {
    const text = junitReport.render({ ...EMPTY, rules: [rule({ id: 'r' })] });
    expect(stated(suite(text, 'r'))).toEqual({ tests: 1, failures: 0, errors: 0, skipped: 1 });
  });

  it('is one empty element where there is nothing at all', () => {
    expect(readXml(junitReport.render(EMPTY)).children).toEqual([]);
  });
});

describe('text in XML', () => {
  it('is neither markup nor a character that XML does not know', () => {
    expect(xmlText('<a b="c">&\'\u0000\ufffe\ud800')).toBe(
      '&#60;a b=&#34;c&#34;&#62;&#38;&#39;⟨U+0000⟩⟨U+FFFE⟩⟨U+D800⟩',
    );
  });
});

type Counts = Readonly<Record<'tests' | 'failures' | 'errors' | 'skipped', number>>;

function stated({ attributes }: XmlElement): Counts {
  const count = (key: keyof Counts): number => Number(attributes[key]);
  return {
    tests: count('tests'),
    failures: count('failures'),
    errors: count('errors'),
    skipped: count('skipped'),
  };
}

function counted({ children }: XmlElement): Counts {
  const having = (name: string): number =>
    children.filter((test) => test.children.some((child) => child.name === name)).length;
  return {
    tests: children.length,
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
  };
}

function added(a: Counts, b: Counts): Counts {
  return {
    tests: a.tests + b.tests,
    failures: a.failures + b.failures,
    errors: a.errors + b.errors,
    skipped: a.skipped + b.skipped,
  };
}

function suite(text: string, name: string): XmlElement {
  const found = readXml(text).children.find(({ attributes }) => attributes['name'] === name);
  if (found === undefined) throw new Error(`no suite ${name}`);
  return found;
}
