import type { Codeowners } from '#model/ownership.ts';
import type { Claim, OwnedIdentity } from './claims.ts';
import { fitsPath, pathPattern } from './code-path.ts';

/**
 * Where tools write the file that an object was declared in: yor tags cloud resources, kustomize and kpt annotate
 * Kubernetes objects. https://github.com/bridgecrewio/yor, https://kpt.dev/reference/annotations/
 */
const PATH_KEYS: readonly string[] = [
  'git_file',
  'config.kubernetes.io/path',
  'internal.config.kubernetes.io/path',
];

/**
 * The owners of the file that an identity was declared in: `declared` where the identity says which, `inferred` where the
 * path is made from its name by the configuration.
 */
export function codeownersClaims(files: readonly Codeowners[]) {
  const ready = files.map(({ rules, path }) => ({
    path,
    // One file declares many identities.
    answers: new Map<string, readonly string[]>(),
    rules: rules.map(({ pattern, owners }) => ({ pattern: pathPattern(pattern), owners })).toReversed(),
  }));
  return (identity: OwnedIdentity): readonly Claim[] => {
    const { tags, annotations } = identity;
    const said = PATH_KEYS.map((key): unknown => tags[key] ?? annotations?.[key]).find(
      (each): each is string => typeof each === 'string' && each !== '',
    );
    return ready.flatMap(({ path, rules, answers }) => {
      const place = said ?? (path === null ? null : fillPath(path, identity));
      if (place === null) return [];
      const clean = place.replace(/^(?:\.?\/)+/u, '');
      const owners =
        answers.get(clean) ?? rules.find(({ pattern }) => fitsPath(pattern, clean))?.owners ?? [];
      answers.set(clean, owners);
      const state = said === undefined ? 'inferred' : 'declared';
      return owners.map((owner) => ({ owner, source: 'codeowners', state }) as const);
    });
  };
}

/** The path with every placeholder filled in; null where the identity has nothing for one of them. */
function fillPath(path: string, { uid, system, scopeUid, kind, name }: OwnedIdentity): string | null {
  const values: Readonly<Record<string, string | undefined>> = {
    system,
    kind,
    name,
    scope: scopeUid.split(/[:/]/u).at(-1),
    namespace: /^k8s:[^:]+:serviceaccount:([^/]+)\//u.exec(uid)?.[1],
  };
  let whole = true;
  const filled = path.replaceAll(/\{(\w+)\}/gu, (_, key: string) => {
    const value = values[key];
    if (value === undefined) whole = false;
    return value ?? '';
  });
  return whole ? filled : null;
}
