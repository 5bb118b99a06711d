import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesRequest } from '#access/engine.ts';
import { kubernetesAccess } from '#access/kubernetes/index.ts';
import { kubernetesCollector } from '#collectors/kubernetes/index.ts';
import type { CollectedRecords, Observation } from '#model/record.ts';
import { findFiles } from '#scan/find-files.ts';
import type { BenchLine } from './bench-line.ts';

const DATA = join(import.meta.dirname, '../../shared/data/kubernetes/sar');
const ROUNDS = 60;

interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

interface RbacObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly PolicyRule[] | null;
  readonly subjects?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
  readonly roleRef: { readonly kind: string; readonly name: string };
}

type Question = KubernetesRequest & { readonly groups: readonly string[] };

/**
 * The 4,000 questions that a real API server answered, put to its estate, against the naive way: for each question
 * through every binding and subject as they were exported. Nothing is measured where the data is missing.
 */
export async function run(): Promise<readonly BenchLine[]> {
  if (!existsSync(DATA)) return [];
  // Both files were written by kubectl and by a client of that server.
  const { items } = JSON.parse(await readFile(join(DATA, 'estate.json'), 'utf8')) as { items: RbacObject[] };
  const lines = (await readFile(join(DATA, 'verdicts.ndjson'), 'utf8'))
    .split('\n')
    .filter((line) => line !== '');
  const questions = lines.map((line): Question => {
    const { user, allowed: _allowed, reason: _reason, ...question } = JSON.parse(line) as Question & Answer;
    return { ...question, principal: user };
  });
  const access = kubernetesAccess(await importEstate());

  const best = { ours: Infinity, naive: Infinity };
  // In turn, so that a busy machine is busy for both.
  for (let round = 0; round < ROUNDS; round += 1) {
    const ours = measure(questions, (question) => access.decide(question).decision === 'allowed');
    const naive = measure(questions, (question) => allows(items, question));
    if (ours.allowed !== naive.allowed)
      throw new Error(`${ours.allowed} allowed, the naive way ${naive.allowed}.`);
    best.ours = Math.min(best.ours, ours.seconds);
    best.naive = Math.min(best.naive, naive.seconds);
  }
  const rate = questions.length / best.ours;
  return [
    { name: 'Kubernetes decisions with reasons', value: rate, limit: 100_000, better: 'higher', unit: '/s' },
    {
      name: 'the same against every binding in turn',
      value: best.naive / best.ours,
      limit: 3,
      better: 'higher',
      unit: '×',
    },
  ];
}

interface Answer {
  readonly user: string;
  readonly allowed: boolean;
  readonly reason: string;
}

function measure(
  questions: readonly Question[],
  answer: (question: Question) => boolean,
): { readonly seconds: number; readonly allowed: number } {
  const start = performance.now();
  const allowed = questions.filter(answer).length;
  return { seconds: (performance.now() - start) / 1000, allowed };
}

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/, without any preparation and without reasons. */
function allows(objects: readonly RbacObject[], question: Question): boolean {
  if (question.groups.includes('system:masters')) return true;
  return objects.some((binding) => {
    const isCluster = binding.kind === 'ClusterRoleBinding';
    const namespace = binding.metadata.namespace ?? '';
    const asked = question.path === undefined ? (question.namespace ?? '') : '';
    if (!isCluster && (binding.kind !== 'RoleBinding' || asked !== namespace)) return false;
    const applies = (binding.subjects ?? []).some((subject) => {
      if (subject.kind === 'User') return subject.name === question.principal;
      if (subject.kind === 'Group') return question.groups.includes(subject.name);
      const home = subject.namespace ?? namespace;
      return home !== '' && question.principal === `system:serviceaccount:${home}:${subject.name}`;
    });
    if (!applies) return false;
    const { kind, name } = binding.roleRef;
    const role = objects.find(
      (object) =>
        object.kind === kind &&
        object.metadata.name === name &&
        (kind === 'ClusterRole' || object.metadata.namespace === namespace),
    );
    return (role?.rules ?? []).some((rule) => covers(rule, question));
  });
}

function covers(
  rule: PolicyRule,
  { verb, path, group = '', resource = '', subresource = '', name = '' }: Question,
): boolean {
  const has = (list: readonly string[] | undefined, value: string): boolean =>
    (list ?? []).some((entry) => entry === '*' || entry === value);
  if (!has(rule.verbs, verb)) return false;
  if (path !== undefined) {
    return (rule.nonResourceURLs ?? []).some(
      (url) =>
        url === '*' || url === path || (url.endsWith('*') && path.startsWith(url.replace(/\*+$/u, ''))),
    );
  }
  const combined = subresource === '' ? resource : `${resource}/${subresource}`;
  const names = rule.resourceNames ?? [];
  return (
    has(rule.apiGroups, group) &&
    (has(rule.resources, combined) || (subresource !== '' && has(rule.resources, `*/${subresource}`))) &&
    (names.length === 0 || names.includes(name))
  );
}

async function importEstate(): Promise<{
  readonly [T in keyof CollectedRecords]: readonly CollectedRecords[T][];
}> {
  const { files, nameOf } = await findFiles([join(DATA, 'estate.json')]);
  const recognised = files.map((file) => ({ ...file, kind: kubernetesCollector.recognise(file) ?? '' }));
  const context = { asOf: '2026-11-24T00:00:00.000Z', nameOf, signal: new AbortController().signal };
  const all: Observation[] = [];
  for await (const batch of kubernetesCollector.importFiles(recognised, context)) all.push(...batch);
  const rows = <T extends keyof CollectedRecords>(table: T): CollectedRecords[T][] =>
    // A row's type goes with its table's name.
    all.flatMap((one) => (one.table === table ? [one.row as CollectedRecords[T]] : []));
  return {
    scopes: rows('scopes'),
    identities: rows('identities'),
    groups: rows('groups'),
    memberships: rows('memberships'),
    credentials: rows('credentials'),
    roles: rows('roles'),
    grants: rows('grants'),
    guardrails: rows('guardrails'),
    resourcePolicies: rows('resourcePolicies'),
    trusts: rows('trusts'),
    usages: rows('usages'),
    owners: rows('owners'),
    workloads: rows('workloads'),
    loggedWrites: rows('loggedWrites'),
    coverage: rows('coverage'),
  };
}
