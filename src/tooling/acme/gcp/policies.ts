import { ACCOUNTS } from './accounts.ts';
import { accountEmail, CRM, LAB, ORGANIZATION, type Project, PROJECTS, uniqueId } from './organization.ts';
import type { RoleName } from './roles.ts';

/** A member with a role, on the full name of a resource. */
interface Bound {
  readonly on: string;
  readonly type: string;
  readonly project: Project | null;
  readonly role: RoleName;
  readonly member: string;
}

/** `gcloud asset search-all-iam-policies` of the organisation: an entry for each resource that has a policy. */
export function searchedPolicies(): readonly object[] {
  const all = [...ofOrganization(), ...ofAccounts(), ...planted()];
  return [...new Set(all.map(({ on }) => on))]
    .toSorted()
    .map((on) => entry(all.filter((each) => each.on === on)));
}

function entry(bound: readonly Bound[]): object {
  const [first] = bound;
  if (first === undefined) return {};
  const { on, type, project } = first;
  const roles = [...new Set(bound.map(({ role }) => role))].toSorted();
  const bindings = roles.map((role) => ({
    members: bound
      .filter((each) => each.role === role)
      .map(({ member }) => member)
      .toSorted(),
    role,
  }));
  return {
    assetType: type,
    ...(project === null ? {} : { folders: [project.folder], project: `projects/${project.number}` }),
    organization: ORGANIZATION,
    policy: { bindings },
    resource: on,
  };
}

function ofOrganization(): readonly Bound[] {
  const type = 'cloudresourcemanager.googleapis.com/Organization';
  const member = 'group:engineers@acme.example';
  return [{ on: `${CRM}/${ORGANIZATION}`, type, project: null, role: 'roles/browser', member }];
}

function ofAccounts(): readonly Bound[] {
  return ACCOUNTS.flatMap(({ project, email, roles = [], buckets = {}, actors = [] }) => {
    const member = `serviceAccount:${email}`;
    const account = `//iam.googleapis.com/projects/${project.id}/serviceAccounts/${uniqueId(email)}`;
    return [
      ...roles.map((role) => onProject(project, role, member)),
      ...Object.entries(buckets).map(([bucket, role]) => onBucket(project, bucket, role, member)),
      ...actors.map(([actor, role]) => ({
        on: account,
        type: 'iam.googleapis.com/ServiceAccount',
        project,
        role,
        member: actor,
      })),
    ];
  });
}

/** Given to everybody, and left behind by an account that was deleted. */
function planted(): readonly Bound[] {
  const gone = `deleted:serviceAccount:${GONE}?uid=${uniqueId(GONE)}`;
  return [
    onBucket(LAB, 'acme-lab-datasets', 'roles/storage.objectViewer', 'allUsers'),
    onProject(LAB, 'roles/bigquery.jobUser', gone),
  ];
}

/** The account that was deleted and is still bound. */
export const GONE = accountEmail(LAB, 'summer-school');

function onProject(project: Project, role: RoleName, member: string): Bound {
  const type = 'cloudresourcemanager.googleapis.com/Project';
  return { on: `${CRM}/projects/${project.id}`, type, project, role, member };
}

function onBucket(project: Project, bucket: string, role: RoleName, member: string): Bound {
  return {
    on: `//storage.googleapis.com/${bucket}`,
    type: 'storage.googleapis.com/Bucket',
    project,
    role,
    member,
  };
}

/** The parents of deny policies: everything that a policy can be attached to. */
export function attachmentPoints(): readonly string[] {
  return [ORGANIZATION, ...PROJECTS.flatMap(({ id, folder }) => [folder, `projects/${id}`])];
}

/** `gcloud iam policies get` of the only deny policy: keys are made by the platform team alone. */
export function denyPolicies(of: string): readonly object[] {
  if (of !== ORGANIZATION) return [];
  return [
    {
      createTime: '2024-03-04T10:11:12Z',
      displayName: 'No keys in files',
      etag: 'MTc1NjQ5MjMxMDk4NTM0NDAwMDA=',
      kind: 'DenyPolicy',
      name: `policies/${encodeURIComponent(`cloudresourcemanager.googleapis.com/${of}`)}/denypolicies/no-key-files`,
      rules: [
        {
          denyRule: {
            deniedPermissions: ['iam.googleapis.com/serviceAccountKeys.create'],
            deniedPrincipals: ['principalSet://goog/public:all'],
            exceptionPrincipals: ['principalSet://goog/group/gcp-platform@acme.example'],
          },
        },
      ],
      updateTime: '2024-03-04T10:11:12Z',
    },
  ];
}
