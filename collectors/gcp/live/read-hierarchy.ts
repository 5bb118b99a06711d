import { CallError } from '#collectors/shared/live/call-error.ts';
import { CollectError } from '#model/errors.ts';
import { type Fields, objectOf, textOf } from '../fields.ts';
import { parentName } from '../rows/hierarchy.ts';
import { pathOf, take, takeOne } from './ask.ts';
import { CALLS } from './calls.ts';
import { type Reading, sideBySide } from './reading.ts';

/** What is read of the hierarchy, by resource name. */
export interface Places {
  /** `organizations/1` and `folders/2`: everything above a project that is read. */
  readonly above: readonly string[];
  /** Ids of projects that are in use. */
  readonly projects: readonly string[];
}

/** Finds what a target means: an organisation whole, the named projects, or all that the credentials see. */
export async function readHierarchy(reading: Reading): Promise<Places> {
  const { organization, projects: wanted } = reading.target;
  await signedIn(reading);
  const described = new Map<string, Fields>();
  const keep = (each: unknown): void => {
    const fields = objectOf(each);
    const id = textOf(fields, 'projectId');
    const name = id === null ? textOf(fields, 'name') : `projects/${id}`;
    if (fields !== null && name !== null) described.set(name, fields);
  };
  if (wanted !== 'all') {
    await sideBySide(wanted, reading.target.concurrency, async (id) => {
      // A project that nobody may describe can be read all the same.
      const path = `v3/projects/${pathOf(id)}`;
      keep((await takeOne(reading, CALLS.project, `gcp:projects/${id}`, path)) ?? { projectId: id });
    });
  } else if (organization === null) {
    const path = 'v3/projects:search';
    const query = { pageSize: 300 };
    const found = await take(reading, { call: CALLS.project, scopeUid: null, path, list: 'projects', query });
    (found ?? []).forEach(keep);
  } else {
    await walk(reading, [`organizations/${organization}`], described, keep);
  }
  await readAbove(reading, described);
  return placesOf(described, organization);
}

/** The first question of all: where nobody can answer it, nothing else would work. */
async function signedIn(reading: Reading): Promise<void> {
  const { organization, projects } = reading.target;
  const [project] = projects === 'all' ? [] : projects;
  const path =
    organization !== null
      ? `v3/organizations/${organization}`
      : project === undefined
        ? 'v3/projects:search?pageSize=1'
        : `v3/projects/${pathOf(project)}`;
  try {
    await reading.session('cloudresourcemanager').get(path);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const { kind, detail } = error.failure;
    if (kind === 'unauthenticated' || kind === 'unreachable' || kind === 'timed-out')
      throw new CollectError(`${reading.target.name}: ${detail}`, { cause: error });
  }
}

/** Folders and projects below, level by level: a list says when it is refused, a search leaves out in silence. */
async function walk(
  reading: Reading,
  parents: readonly string[],
  described: ReadonlyMap<string, Fields>,
  keep: (each: unknown) => void,
): Promise<void> {
  const folders: string[] = [];
  await sideBySide(parents, reading.target.concurrency, async (parent) => {
    const scopeUid = `gcp:${parent}`;
    const query = { parent, pageSize: 300 };
    const [below, projects] = await Promise.all([
      take(reading, { call: CALLS.folders, scopeUid, path: 'v3/folders', list: 'folders', query }),
      take(reading, { call: CALLS.projects, scopeUid, path: 'v3/projects', list: 'projects', query }),
    ]);
    (projects ?? []).forEach(keep);
    for (const each of below ?? []) {
      const name = textOf(objectOf(each), 'name');
      // Whatever an answer says, no folder is walked twice.
      if (name !== null && !described.has(name)) folders.push(name);
      keep(each);
    }
  });
  if (folders.length > 0) await walk(reading, folders, described, keep);
}

/** Folders nest ten deep at most (https://cloud.google.com/resource-manager/docs/limits). */
const MOST_LEVELS = 20;

/** What stands above was not listed where only projects are read. */
async function readAbove(reading: Reading, described: Map<string, Fields>): Promise<void> {
  for (let level = 0; level < MOST_LEVELS; level++) {
    const named = [...described.values()].flatMap((fields) => parentName(fields) ?? []);
    const { organization } = reading.target;
    const wanted = organization === null ? named : [...named, `organizations/${organization}`];
    const missing = [...new Set(wanted)].filter((name) => !described.has(name));
    if (missing.length === 0) return;
    await sideBySide(missing, reading.target.concurrency, async (name) => {
      const call = name.startsWith('organizations/') ? CALLS.organization : CALLS.folder;
      const fields = await takeOne(reading, call, `gcp:${name}`, `v3/${pathOf(name)}`);
      // What cannot be read is there all the same, with policies that count.
      described.set(name, fields ?? { name });
    });
  }
}

function placesOf(described: ReadonlyMap<string, Fields>, organization: string | null): Places {
  const all = [...described];
  const above = all.flatMap(([name]) => (name.startsWith('projects/') ? [] : [name]));
  if (organization !== null && !above.includes(`organizations/${organization}`))
    above.push(`organizations/${organization}`);
  const projects = all.flatMap(([, fields]) => {
    const id = textOf(fields, 'projectId');
    const state = textOf(fields, 'state') ?? textOf(fields, 'lifecycleState') ?? 'ACTIVE';
    // A project that is being deleted answers nothing (https://cloud.google.com/resource-manager/docs/creating-managing-projects#shutting_down_projects).
    return id === null || state !== 'ACTIVE' ? [] : [id];
  });
  return { above: above.toSorted(), projects: projects.toSorted() };
}
