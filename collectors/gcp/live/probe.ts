import { CallError } from '#collectors/shared/live/call-error.ts';
import type { LiveContext, Probe } from '#contract/live.ts';
import { CollectError } from '#model/errors.ts';
import type { GcpTarget } from '#model/target/gcp.ts';
import { listOf, objectOf, textOf, textsOf } from '../fields.ts';
import { pathOf } from './ask.ts';
import { CALLS, type Call, callsOf, QUOTA_PERMISSION } from './calls.ts';
import { openSession, type Session } from './session.ts';

/** Asks the organisation, or each project, which rights are there (https://cloud.google.com/iam/docs/testing-permissions). */
export async function* probe(target: GcpTarget, context: LiveContext): AsyncGenerator<Probe> {
  const session = openSession(target, context);
  for (const name of await placesOf(target, session)) {
    yield* ask(session, name, callsOf(target));
  }
  if (target.quotaProject !== null) {
    const name = `projects/${target.quotaProject}`;
    const own = { ...CALLS.project, name: 'quota', permission: QUOTA_PERMISSION };
    yield* ask(session, name, [own]);
  }
}

const MOST_PROJECTS = 10;

async function placesOf(
  { organization, projects, name }: GcpTarget,
  session: Session,
): Promise<readonly string[]> {
  if (organization !== null) return [`organizations/${organization}`];
  if (projects !== 'all') return projects.map((id) => `projects/${id}`);
  try {
    const query = { pageSize: MOST_PROJECTS };
    const { body } = await session('cloudresourcemanager').get('v3/projects:search', { query });
    return listOf(objectOf(body), 'projects').flatMap((each) => {
      const id = textOf(objectOf(each), 'projectId');
      return id === null ? [] : [`projects/${id}`];
    });
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    throw new CollectError(`${name}: ${error.failure.detail}`, { cause: error });
  }
}

async function* ask(session: Session, name: string, calls: readonly Call[]): AsyncGenerator<Probe> {
  const answers = await held(session, name, [...new Set(calls.map(({ permission }) => permission))]);
  for (const { api, name: called, permission } of calls) {
    const detail = answers.detail === null ? name : `${name}: ${answers.detail}`;
    yield { call: `${api}.${called}`, permission, status: answers.status(permission), detail };
  }
}

interface Answers {
  readonly status: (permission: string) => Probe['status'];
  readonly detail: string | null;
}

async function held(session: Session, name: string, permissions: readonly string[]): Promise<Answers> {
  const path = `v3/${pathOf(name)}:testIamPermissions`;
  try {
    const { body } = await session('cloudresourcemanager').post(path, { permissions });
    const found = new Set(textsOf(objectOf(body), 'permissions'));
    return { status: (permission) => (found.has(permission) ? 'allowed' : 'denied'), detail: null };
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const { kind, status, detail } = error.failure;
    if (kind === 'unauthenticated' || kind === 'unreachable')
      throw new CollectError(`${name}: ${detail}`, { cause: error });
    // Whoever may not even see the thing has no right on it.
    if (kind === 'denied' || kind === 'missing') return { status: () => 'denied', detail };
    if (status !== 400 || permissions.length === 1) return { status: () => 'unknown', detail };
    // One permission that cannot be tested there spoils the question for all: they are asked one by one.
    const single = await Promise.all(permissions.map((each) => held(session, name, [each])));
    const statuses = new Map(permissions.map((each, at) => [each, single[at]?.status(each) ?? 'unknown']));
    return { status: (permission) => statuses.get(permission) ?? 'unknown', detail: null };
  }
}
