import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { actions, evaluators } from '#playbooks/index.ts';
import { tempDir } from '../temp-dir.ts';
import { runCli } from './run-cli.ts';

async function permissions(...words: string[]) {
  const ran = await runCli(await tempDir(), ['permissions', ...words]);
  expect(ran.code).toBe(0);
  return ran.stdout;
}

const takenBy = (system: string) =>
  [...actions, ...evaluators].filter((each) => each.system === system).flatMap((each) => each.permissions);

describe('nhi permissions', () => {
  it('prints policies for AWS that allow to read and deny to read secrets', async () => {
    const documents = JSON.parse(await permissions('aws', '--format', 'json')) as { text: string }[];
    const [policy] = documents.map(
      ({ text }) => JSON.parse(text) as { Statement: { Effect: string; Action: string[] }[] },
    );
    const actionsOf = (effect: string) =>
      policy?.Statement.filter(({ Effect }) => Effect === effect).flatMap(({ Action }) => Action);
    expect(actionsOf('Allow')).toContain('iam:GetAccountAuthorizationDetails');
    expect(actionsOf('Deny')).toContain('secretsmanager:GetSecretValue');
  });

  it('prints a ClusterRole that only lists and gets', async () => {
    const verbs = [...(await permissions('kubernetes')).matchAll(/^ {6}- (\w+)$/gmu)].map(([, verb]) => verb);
    expect(new Set(verbs).has('create')).toBe(false);
  });

  it('prints exactly what the actions and the evaluator of a system take, for revoking', async () => {
    const policy = JSON.parse(await permissions('aws', '--for', 'revoke')) as {
      Statement: [{ Action: string[] }];
    };
    expect(policy.Statement[0].Action).toEqual([...new Set(takenBy('aws'))].toSorted());
    const role = parse(await permissions('kubernetes', '--for', 'revoke')) as {
      rules: { apiGroups: [string]; resources: [string]; verbs: string[] }[];
    };
    const rights = role.rules.flatMap(({ apiGroups: [group], resources: [resource], verbs }) =>
      verbs.map((verb) => `${verb} ${resource}${group === '' ? '' : `.${group}`}`),
    );
    expect(rights.toSorted()).toEqual([...new Set(takenBy('kubernetes'))].toSorted());
  });

  it('prints less for one playbook, and knows no other', async () => {
    const text = await permissions('aws', '--for', 'revoke', '--playbook', 'deactivate-then-delete-key');
    expect(text).toContain('iam:UpdateAccessKey');
    expect(text).not.toContain('iam:DeleteRole');
    const ran = await runCli(await tempDir(), [
      'permissions',
      'aws',
      '--for',
      'revoke',
      '--playbook',
      'none',
    ]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('none: no such playbook');
  });
});
