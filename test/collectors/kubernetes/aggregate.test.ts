import { describe, expect, it } from 'vitest';
import { aggregate, type AggregateRole, sameRules } from '#collectors/kubernetes/rows/aggregate.ts';
import type { Json } from '#model/system.ts';

function rule(resource: string): Json {
  return { apiGroups: [''], resources: [resource], verbs: ['get'] };
}

function role(name: string, labels: Record<string, string>, ...resources: readonly string[]): AggregateRole {
  return { name, labels, rules: resources.map(rule), aggregationRule: null, isStored: false };
}

function parent(
  name: string,
  selectors: readonly Json[],
  labels: Record<string, string> = {},
): AggregateRole {
  return { ...role(name, labels), aggregationRule: { clusterRoleSelectors: selectors } };
}

function resourcesOf(name: string, ...roles: readonly AggregateRole[]): unknown {
  const worked = aggregate(roles).get(name);
  if (worked === undefined || !('rules' in worked)) return worked;
  return worked.rules.flatMap((one) => (one as { readonly resources: readonly string[] }).resources);
}

const on = (value: string): Json => ({ matchLabels: { on: value } });
const expression = (operator: string, values?: readonly string[]): Json => ({
  matchExpressions: [{ key: 'on', operator, ...(values === undefined ? {} : { values }) }],
});

describe('aggregate', () => {
  it('takes the rules of the roles that are selected, by name, each rule once', () => {
    const roles = [
      role('b', { on: '1' }, 'pods', 'secrets'),
      role('a', { on: '1' }, 'nodes', 'pods'),
      role('c', { on: '2' }, 'jobs'),
    ];
    expect(resourcesOf('p', parent('p', [on('1')]), ...roles)).toEqual(['nodes', 'pods', 'secrets']);
  });

  it('takes what any of the selectors selects, in the order of the selectors', () => {
    const roles = [role('a', { on: '1' }, 'pods'), role('b', { on: '2' }, 'nodes')];
    expect(resourcesOf('p', parent('p', [on('2'), on('1')]), ...roles)).toEqual(['nodes', 'pods']);
  });

  it('overwrites what was typed into the aggregated role', () => {
    const typed = { ...parent('p', [on('1')]), rules: [rule('secrets')] };
    expect(resourcesOf('p', typed, role('a', { on: '1' }, 'pods'))).toEqual(['pods']);
    expect(resourcesOf('p', typed)).toEqual([]);
  });

  it('never takes a role into itself, though its selector selects it', () => {
    const own = { ...parent('p', [{}]), rules: [rule('secrets')] };
    expect(resourcesOf('p', own, role('a', {}, 'pods'))).toEqual(['pods']);
  });

  it('selects everything with an empty selector, and nothing without one', () => {
    expect(resourcesOf('p', parent('p', [{}]), role('a', { x: 'y' }, 'pods'))).toEqual(['pods']);
    expect(resourcesOf('p', parent('p', []), role('a', { x: 'y' }, 'pods'))).toEqual([]);
  });

  it.each([
    [expression('In', ['1', '2']), ['one', 'two']],
    [expression('NotIn', ['1']), ['none', 'two']],
    [expression('Exists'), ['one', 'two']],
    [expression('DoesNotExist'), ['none']],
    [{ matchLabels: { on: '1' }, matchExpressions: [{ key: 'on', operator: 'Exists' }] }, ['one']],
    [{ matchLabels: { on: '1' }, matchExpressions: [{ key: 'on', operator: 'In', values: ['2'] }] }, []],
  ])('selects with %j', (selector, expected) => {
    const roles = [role('a', {}, 'none'), role('b', { on: '1' }, 'one'), role('c', { on: '2' }, 'two')];
    expect(resourcesOf('p', parent('p', [selector]), ...roles)).toEqual(expected);
  });

  it('goes through as many levels as there are, whatever their order', () => {
    const chain = Array.from({ length: 20 }, (_, at) =>
      parent(`p${(7 * at) % 20}`, [on(String(at + 1))], { on: String(at) }),
    );
    expect(resourcesOf('p0', ...chain, role('leaf', { on: '20' }, 'pods'))).toEqual(['pods']);
  });

  it('ends where roles aggregate each other, with what both are built from', () => {
    const a = parent('a', [on('b'), on('x')], { on: 'a' });
    const b = parent('b', [on('a'), on('y')], { on: 'b' });
    const leaves = [role('x', { on: 'x' }, 'pods'), role('y', { on: 'y' }, 'nodes')];
    expect(new Set(resourcesOf('a', a, b, ...leaves) as string[])).toEqual(new Set(['pods', 'nodes']));
  });

  it('takes an aggregated role of a server as it is stored', () => {
    const stored = { ...parent('s', [on('1')], { on: '2' }), rules: [rule('stored')], isStored: true };
    expect(resourcesOf('p', parent('p', [on('2')]), stored, role('a', { on: '1' }, 'pods'))).toEqual([
      'stored',
    ]);
    expect(resourcesOf('s', stored, role('a', { on: '1' }, 'pods'))).toEqual(['pods']);
  });

  it.each([
    { clusterRoleSelectors: 'all' },
    { clusterRoleSelectors: [expression('Like', ['1'])] },
    { clusterRoleSelectors: [expression('In')] },
    { clusterRoleSelectors: [{ matchLabels: { on: 1 } }] },
    'all',
  ])('does not guess what %j selects', (aggregationRule) => {
    expect(resourcesOf('p', { ...role('p', {}), aggregationRule }, role('a', {}, 'pods'))).toEqual({
      unclear: 'its aggregation rule is malformed',
    });
  });

  it('gives up on thousands of roles that all aggregate each other', () => {
    const many = Array.from({ length: 5000 }, (_, at) => parent(`p${at}`, [{}]));
    expect(aggregate(many).get('p1')).toEqual({
      unclear: 'there are too many aggregated ClusterRoles to work them out',
    });
  });

  it('compares rules whatever the order of their members, an empty list being none', () => {
    const one = { verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: [] };
    expect(sameRules([one, rule('nodes')], [rule('nodes'), rule('pods')])).toBe(true);
    expect(sameRules([one], [rule('nodes')])).toBe(false);
    expect(sameRules([one], [])).toBe(false);
  });
});
