import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { awsActionName, awsActionNumber } from '#catalogue/aws/actions.ts';
import { KUBERNETES_RESOURCES } from '#catalogue/kubernetes/resources.ts';
import { actions, evaluators, playbookFiles } from '#playbooks/index.ts';
import { readPlaybook } from '#playbooks/read-playbook.ts';
import { ruleFiles } from '#rules/index.ts';
import { tempDir } from '#test/temp-dir.ts';
import { identity } from './rows.ts';

const FOLDER = join(process.cwd(), 'playbooks');
const read = () => Promise.all(playbookFiles.map((file) => readPlaybook(join(FOLDER, file))));

describe('the playbooks', () => {
  it('are all in the index', () => {
    const there = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
    expect(playbookFiles).toEqual(there.toSorted());
  });

  it('name actions that there are, in the order in which they are done', async () => {
    const phases = ['contain', 'remove', 'delete'];
    for (const { id, steps } of await read()) {
      const found = steps.map((step) => actions.find((action) => action.id === step));
      expect(found, id).not.toContain(undefined);
      const order = found.map((action) => phases.indexOf(action?.phase ?? ''));
      expect(order, id).toEqual(order.toSorted((one, other) => one - other));
    }
  });

  it('use every action somewhere', async () => {
    const used = new Set((await read()).flatMap(({ steps }) => steps));
    expect(actions.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
  });

  it('are there for every rule', async () => {
    const ids = (await read()).map(({ id }) => id);
    const named = ruleFiles.flatMap((file) => {
      const text = readFileSync(join(process.cwd(), 'rules', file), 'utf8');
      return /^playbook: (\S+)$/mu.exec(text)?.slice(1, 2) ?? [];
    });
    expect(named.length).toBeGreaterThan(20);
    expect([...new Set(named)].filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('say that they are for people where they have no steps', async () => {
    for (const { id, about, steps } of await read()) {
      expect(about.startsWith('For people.'), id).toBe(steps.length === 0);
    }
  });
});

describe('a playbook file', () => {
  it.each([
    ['an unknown key', 'id: p\ntitle: T\nabout: A\nscope: subject\nsteps: []\nforce: true\n', /p\.yaml:6: /u],
    [
      'a step that is no action',
      'id: p\ntitle: T\nabout: A\nscope: subject\nsteps:\n  - rm -rf\n',
      /p\.yaml:6: steps\.0/u,
    ],
    [
      'an action twice',
      'id: p\ntitle: T\nabout: A\nscope: subject\nsteps: [aws/a, aws/a]\n',
      /p\.yaml:5: .*twice/u,
    ],
    ['another scope', 'id: p\ntitle: T\nabout: A\nscope: all\nsteps: []\n', /p\.yaml:4: scope/u],
    [
      'another name than its id',
      'id: q\ntitle: T\nabout: A\nscope: subject\nsteps: []\n',
      /the playbook's id is q/u,
    ],
    ['no YAML', 'id: [\n', /p\.yaml:\d+: not valid YAML/u],
  ])('with %s is refused with its place', async (_what, text, message) => {
    const file = join(await tempDir(), 'p.yaml');
    await writeFile(file, text);
    await expect(readPlaybook(file)).rejects.toThrow(message);
  });
});

describe('the actions', () => {
  const own = (system: string) => actions.filter((action) => action.system === system);

  it('are called by system and name, once each, and those that contain can be undone', () => {
    const ids = actions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, system, phase, undo } of actions) {
      expect(id).toMatch(new RegExp(`^${system}/[a-z\\d-]+$`, 'u'));
      const promised = { contain: true, remove: undo !== undefined, delete: false }[phase];
      expect(undo !== undefined, id).toBe(promised);
    }
  });

  it('say how long their systems take, and where that is said', () => {
    for (const { id, settle } of actions) {
      expect(settle.seconds, id).toBeGreaterThan(0);
      expect(settle.source, id).toMatch(/^https:\/\//u);
    }
  });

  it('ask AWS for actions that it has, each once and sorted', () => {
    const all = [...own('aws'), ...evaluators.filter(({ system }) => system === 'aws')];
    expect(all.length).toBeGreaterThan(10);
    for (const { permissions } of all) {
      expect(permissions.map((name) => awsActionName(awsActionNumber(name)))).toEqual(permissions);
      expect([...new Set(permissions)].toSorted()).toEqual(permissions);
    }
  });

  it('ask Kubernetes for verbs on resources that it has, each once and sorted', () => {
    const known = new Set(
      KUBERNETES_RESOURCES.flatMap(({ group, namespaced, cluster }) =>
        [...namespaced, ...cluster].map((resource) => (group === '' ? resource : `${resource}.${group}`)),
      ),
    );
    const all = own('kubernetes');
    expect(all.length).toBeGreaterThan(3);
    for (const { permissions } of all) {
      for (const permission of permissions) expect(known).toContain(permission.split(' ')[1]);
      expect([...new Set(permissions)].toSorted()).toEqual(permissions);
    }
  });

  it('are for no identity of the provider', () => {
    const linked = 'arn:aws:iam::111111111111:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX';
    const subject = identity({ uid: linked, kind: 'iam-role', name: 'AWSServiceRoleForX' });
    const asked = actions.map((action) => action.parametersFor(subject));
    expect(asked.filter((parameters) => parameters !== null)).toEqual([]);
  });
});
