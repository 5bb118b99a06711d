import { stringify } from 'yaml';
import type { PermissionDocument } from '#contract/live.ts';
import type { System } from '#model/system.ts';
import { actionOf, playbookOf, type ActionPack } from '#revocation/playbooks.ts';

/**
 * The rights that the steps of a playbook, or of all of them, take in one system, with those of its evaluator: what the
 * credentials that act need and no more. Throws UsageError for an unknown playbook.
 */
export function actingPermissions(
  system: System,
  pack: ActionPack,
  playbook: string | null,
): PermissionDocument[] {
  const wanted =
    playbook === null ? pack.actions : playbookOf(pack, playbook).steps.map((id) => actionOf(pack, id));
  const own = [...wanted, ...pack.evaluators].filter((each) => each.system === system);
  const permissions = [...new Set(own.flatMap((each) => each.permissions))].toSorted();
  const about = playbook === null ? 'every playbook' : `the playbook ${playbook}`;
  return documentsOf(system, permissions, about);
}

function documentsOf(system: System, permissions: readonly string[], about: string): PermissionDocument[] {
  const document = (title: string, extension: string, text: string, own = permissions) => ({
    title: `${title} for ${about}`,
    extension,
    text,
    permissions: own,
  });
  switch (system) {
    case 'aws':
      return [document('IAM policy of the role that revokes', 'json', awsPolicy(permissions))];
    case 'gcp':
      return [
        document(
          'Custom role of the account that revokes: gcloud iam roles create',
          'yaml',
          googleRole(permissions),
        ),
      ];
    case 'kubernetes':
      return [
        document(
          'ClusterRole of the ServiceAccount that revokes: kubectl apply -f',
          'yaml',
          clusterRole(permissions),
        ),
      ];
    case 'azure': {
      // Resource Manager's operations are paths; Graph's permissions are words.
      const operations = permissions.filter((each) => each.includes('/'));
      const graph = permissions.filter((each) => !each.includes('/'));
      return [
        document(
          'Custom role in Resource Manager: az role definition create',
          'json',
          azureRole(operations),
          operations,
        ),
        document('Application permissions of Microsoft Graph', 'txt', `${graph.join('\n')}\n`, graph),
      ];
    }
  }
}

function awsPolicy(actions: readonly string[]): string {
  const statement = { Sid: 'Revoke', Effect: 'Allow', Action: actions, Resource: '*' };
  return `${JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2)}\n`;
}

function googleRole(includedPermissions: readonly string[]): string {
  return stringify({ title: 'nhi-auditor revokes', stage: 'GA', includedPermissions });
}

function azureRole(actions: readonly string[]): string {
  const role = {
    Name: 'nhi-auditor revokes',
    IsCustom: true,
    Actions: actions,
    AssignableScopes: ['/subscriptions/<id>'],
  };
  return `${JSON.stringify(role, null, 2)}\n`;
}

/** `update rolebindings.rbac.authorization.k8s.io`: a verb and a resource with its group. */
function clusterRole(rights: readonly string[]): string {
  const rules = new Map<string, { apiGroups: string[]; resources: string[]; verbs: string[] }>();
  for (const right of rights) {
    const [verb = '', what = ''] = right.split(' ');
    const [resource = '', ...group] = what.split('.');
    const rule = rules.get(what) ?? { apiGroups: [group.join('.')], resources: [resource], verbs: [] };
    rule.verbs.push(verb);
    rules.set(what, rule);
  }
  return stringify({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'nhi-auditor-revokes' },
    rules: [...rules.values()],
  });
}
