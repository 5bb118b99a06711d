import { basename } from 'node:path';
import type { WrittenHeader } from './header-schema.ts';
import { valueProblem } from './parameter-value.ts';
import type { LineOf } from './read-yaml.ts';
import type { RuleProblem } from './rule-problem.ts';

/** Finds what has the right shape by itself and does not fit together: names, values, feeds, examples. */
export function crossCheck(header: WrittenHeader, file: string, lineOf: LineOf): RuleProblem[] {
  return [
    ...nameMisfits(header, basename(file, '.sql')),
    ...parameterMisfits(header),
    ...feedMisfits(header),
    ...exampleMisfits(header),
  ].map(({ path, message }) => ({ file, line: lineOf(path), message: `${path.join('.')}: ${message}` }));
}

interface Misfit {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function nameMisfits({ id, title, params }: WrittenHeader, fileName: string): Misfit[] {
  const misfits: Misfit[] = [];
  if (id !== fileName)
    misfits.push({ path: ['id'], message: `expected \`${fileName}\`, the name of the file` });
  for (const [placeholder, name = ''] of title.matchAll(/\{\{(.*?)\}\}/gu)) {
    if (!Object.hasOwn(params, name))
      misfits.push({ path: ['title'], message: `${placeholder} is no parameter of the rule` });
  }
  return misfits;
}

function parameterMisfits({ params }: WrittenHeader): Misfit[] {
  return Object.entries(params).flatMap(([name, parameter]): Misfit[] => {
    const { default: value, min = -Infinity, max = Infinity } = parameter;
    const path = ['params', name];
    if (typeof value !== 'number' && (parameter.min ?? parameter.max) !== undefined) {
      return [{ path, message: 'min and max are for numbers' }];
    }
    if (min > max) return [{ path, message: 'min is above max' }];
    const message = valueProblem({ default: value, min, max }, value);
    return message === null ? [] : [{ path: [...path, 'default'], message }];
  });
}

function feedMisfits({ needs, subjects = [], pass_proved_by: proved = [] }: WrittenHeader): Misfit[] {
  const listed = [
    ...subjects.map((feed) => ['subjects', feed] as const),
    ...proved.map((feed) => ['pass_proved_by', feed] as const),
  ];
  return listed
    .filter(([, feed]) => !needs.includes(feed))
    .map(([key, feed]) => ({ path: [key], message: `\`${feed}\` is not among the feeds of \`needs\`` }));
}

function exampleMisfits({ examples, params }: WrittenHeader): Misfit[] {
  return examples.flatMap((example, index) =>
    Object.keys(example.params)
      .filter((name) => !Object.hasOwn(params, name))
      .map((name) => ({ path: ['examples', index, 'params', name], message: 'is no parameter of the rule' })),
  );
}
