import { stringify } from 'yaml';
import type { PermissionDocument } from '#contract/live.ts';
import type { GcpTarget } from '#model/target/gcp.ts';
import { callsOf, GROUPS_READER, QUOTA_PERMISSION } from './calls.ts';

const ROLE = 'nhiAuditor';

/**
 * A custom role for the organisation, or one for each project: a project's role cannot hold rights over folders and
 * organisations (https://cloud.google.com/iam/docs/creating-custom-roles).
 */
export function permissions(target: GcpTarget): readonly PermissionDocument[] {
  const { organization, projects, impersonate, quotaProject } = target;
  const member = `serviceAccount:${impersonate ?? 'ADDRESS'}`;
  const needed = callsOf(target).map(({ permission }) => permission);
  const roleFor = (level: 'organization' | 'project', id: string): PermissionDocument => {
    const commands = [
      `gcloud iam roles create ${ROLE} --${level}=${id} --file=nhi-auditor-${level}.yaml`,
      `gcloud ${level}s add-iam-policy-binding ${id} --member=${member} --role=${level}s/${id}/roles/${ROLE} --condition=None`,
    ];
    return document(`Custom role for the ${level} ${id}`, commands, needed);
  };
  const documents =
    organization === null
      ? (projects === 'all' ? ['PROJECT'] : projects).map((id) => roleFor('project', id))
      : [roleFor('organization', organization)];
  const quota = quotaProject === null ? [] : [quotaRole(quotaProject, member)];
  return [...documents, ...quota, groupsReader(member)];
}

/** Who is in groups is told by Cloud Identity, where rights are given to administrators and not by IAM. */
function groupsReader(member: string): PermissionDocument {
  const account = member.replace(/^serviceAccount:/u, '');
  return {
    title: `Who is in groups: ${GROUPS_READER}, assigned to ${account}`,
    extension: 'txt',
    text: `In the Google Admin console, under Account > Admin roles > Groups Reader > Assign service accounts: ${account}\nEnable cloudidentity.googleapis.com. Without it, what is held through groups is unknown.\n`,
    permissions: [],
  };
}

function quotaRole(id: string, member: string): PermissionDocument {
  const commands = [
    `gcloud iam roles create ${ROLE}Quota --project=${id} --file=nhi-auditor-quota.yaml`,
    `gcloud projects add-iam-policy-binding ${id} --member=${member} --role=projects/${id}/roles/${ROLE}Quota --condition=None`,
  ];
  return document(`Custom role for the project ${id} that quota is charged to`, commands, [QUOTA_PERMISSION]);
}

function document(title: string, commands: readonly string[], needed: readonly string[]): PermissionDocument {
  const includedPermissions = [...new Set(needed)].toSorted();
  const role = {
    title: 'nhi-auditor',
    description: 'What nhi-auditor reads. It changes nothing and reads no secret.',
    stage: 'GA',
    includedPermissions,
  };
  const head = commands.map((command) => `# ${command}\n`).join('');
  return { title, extension: 'yaml', text: `${head}${stringify(role)}`, permissions: includedPermissions };
}
