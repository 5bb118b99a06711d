import type { Coverage, Feed } from '#model/scope.ts';
import { type Kind, KINDS } from '../objects/kinds.ts';
import { coverageOf, type Estate } from './estate.ts';
import { ADMISSION_KINDS } from './guardrails.ts';
import { trackedSince } from './tokens.ts';

const MANIFESTS_ONLY = 'manifests say what is meant to be, not what else the cluster holds';

/** What each feed of the cluster rests on: read whole, in part, or not at all, and then which export would supply it. */
export function* coverageRows(estate: Estate): Generator<Coverage> {
  const of = (feed: Feed, kinds: readonly Kind[], note?: string): Coverage =>
    ofKinds(estate, feed, kinds, note);
  yield* together([ofServiceAccounts(estate, 'identities')], of('identities', ['Node']));
  yield of('groups', ['ClusterRoleBinding', 'RoleBinding'], 'groups are those that bindings name');
  yield* together([of('roles', ['ClusterRole']), of('roles', ['Role'])]);
  yield* together([of('grants', ['ClusterRoleBinding']), of('grants', ['RoleBinding'])]);
  yield* together([secretRow(estate)], of('credentials', ['CertificateSigningRequest'], CERTIFICATES));
  yield usageRow(estate);
  yield* together([of('workloads', ['Pod']), controllersRow(estate)]);
  yield ofServiceAccounts(estate, 'trusts');
  yield ofServiceAccounts(estate, 'owners');
  yield admissionRow(estate);
  yield* namespaceNote(estate);
}

/** One row for kinds of which all must have been read. */
function ofKinds(estate: Estate, feed: Feed, kinds: readonly Kind[], note: string | null = null): Coverage {
  const missing = kinds.filter((kind) => !estate.seen.has(kind));
  const call = callFor(kinds);
  if (missing.length === kinds.length) return coverageOf(estate, feed, call, 'skipped', howTo(missing));
  if (missing.length > 0) return coverageOf(estate, feed, call, 'partial', howTo(missing));
  if (kinds.some((kind) => estate.seen.get(kind) === 'part')) {
    return coverageOf(estate, feed, call, 'partial', 'what could not be read is named beside this');
  }
  if (kinds.some((kind) => estate.seen.get(kind) === 'manifest')) {
    return coverageOf(estate, feed, call, 'partial', `${MANIFESTS_ONLY}: ${call} -o json`);
  }
  return coverageOf(estate, feed, call, 'complete', note);
}

/** Every namespace has at least its default ServiceAccount: where one has none, not all namespaces were exported. */
function ofServiceAccounts(estate: Estate, feed: Feed): Coverage {
  const row = ofKinds(estate, feed, ['ServiceAccount']);
  if (row.status !== 'complete') return row;
  const inhabited = new Set([...estate.objects.ServiceAccount.values()].map(({ meta }) => meta.namespace));
  const empty = [...estate.objects.Namespace.values()]
    .filter(({ meta }) => meta.uid !== null && !inhabited.has(meta.name))
    .map(({ meta }) => meta.name);
  if (empty.length === 0) return row;
  const shown = empty.slice(0, MAX_NAMES).join(', ') + (empty.length > MAX_NAMES ? ', …' : '');
  return {
    ...row,
    status: 'partial',
    detail: `no ServiceAccounts of ${empty.length} namespaces (${shown}): was -A given?`,
  };
}

const MAX_NAMES = 10;

/** Parts of a feed that only together say everything: a needed one that is missing beside any other is a gap. */
function together(needed: readonly Coverage[], ...others: readonly Coverage[]): readonly Coverage[] {
  const rows = [...needed, ...others];
  if (rows.every(({ status }) => status === 'skipped')) return rows;
  return rows.map((row) =>
    row.status === 'skipped' && needed.includes(row) ? { ...row, status: 'partial' } : row,
  );
}

/** Of Secrets only the tokens, so that nobody exports all the others for us. */
const TOKENS = 'kubectl get secrets -A --field-selector type=kubernetes.io/service-account-token -o json';

function secretRow(estate: Estate): Coverage {
  const { detail, ...rest } = ofKinds(estate, 'credentials', ['Secret']);
  const row = { ...rest, detail: detail?.replace(`${callFor(['Secret'])} -o json`, TOKENS) ?? null };
  // Manifests declare token Secrets, if any; the tokens themselves only a server has.
  return row.status === 'partial' && estate.objects.Secret.size === 0 ? { ...row, status: 'skipped' } : row;
}

const CERTIFICATES = 'a certificate outlives its request, which the cluster deletes within hours';

function usageRow(estate: Estate): Coverage {
  const isTracked = trackedSince(estate) !== null && estate.seen.get('Secret') === 'server';
  const call = 'kube-system/kube-apiserver-legacy-service-account-token-tracking';
  if (isTracked && estate.isAudited) return coverageOf(estate, 'usages', call, 'complete', null);
  return isTracked
    ? coverageOf(
        estate,
        'usages',
        call,
        'partial',
        'only the use of token Secrets is on record; the rest is in audit logs',
      )
    : coverageOf(
        estate,
        'usages',
        call,
        'skipped',
        `the use of token Secrets: ${TOKENS}; kubectl get configmaps -n kube-system -o json`,
      );
}

const CONTROLLERS: readonly Kind[] = ['Deployment', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob'];

/** Every cluster has Deployments. Of the others there may be none, and an export of all does not say so. */
function controllersRow(estate: Estate): Coverage {
  const seen = CONTROLLERS.filter((kind) => estate.seen.has(kind));
  const missing = CONTROLLERS.filter((kind) => !estate.seen.has(kind));
  const row = ofKinds(estate, 'workloads', seen.length === 0 ? CONTROLLERS : ['Deployment', ...seen]);
  const note =
    row.status === 'complete' && missing.length > 0 ? `taken for none: ${missing.join(', ')}` : row.detail;
  return { ...row, call: callFor(CONTROLLERS), detail: note };
}

function admissionRow(estate: Estate): Coverage {
  const seen = ADMISSION_KINDS.filter((kind) => estate.seen.has(kind));
  const row = ofKinds(estate, 'guardrails', ADMISSION_KINDS);
  const isAll = seen.length === ADMISSION_KINDS.length;
  return isAll || seen.length === 0 ? row : { ...row, status: 'partial' };
}

/** Nothing is missing, but the reader should know: it may be meant for another namespace. */
function* namespaceNote(estate: Estate): Generator<Coverage> {
  // The keys of KINDS are its kinds.
  const kinds = Object.keys(KINDS) as Kind[];
  const all = kinds.flatMap((kind) => [...estate.objects[kind].values()].map(({ meta }) => meta));
  const assumed = all.filter(({ isNamespaceAssumed }) => isNamespaceAssumed).length;
  if (assumed === 0) return;
  const detail = `${assumed} objects name no namespace and count as of default, where kubectl apply would put them`;
  yield coverageOf(estate, null, 'manifests', 'complete', detail);
}

function howTo(kinds: readonly Kind[]): string {
  return `no ${kinds.join(', ')} in the files: ${callFor(kinds)} -o json`;
}

function callFor(kinds: readonly Kind[]): string {
  const isNamespaced = kinds.some((kind) => KINDS[kind].isNamespaced);
  return `kubectl get ${kinds.map((kind) => KINDS[kind].resource).join(',')}${isNamespaced ? ' -A' : ''}`;
}
