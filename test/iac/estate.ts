import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '#test/cli/run-cli.ts';
import { policyText } from './plan.ts';

export const ACCOUNT = '111122223333';
export const APP = `arn:aws:iam::${ACCOUNT}:role/service/app`;

function role(name: string, service: string, policies: Readonly<Record<string, string>>, path = '/') {
  return {
    Path: path,
    RoleName: name,
    RoleId: `AROAEXAMPLE${name.toUpperCase()}`,
    Arn: `arn:aws:iam::${ACCOUNT}:role${path}${name}`,
    CreateDate: '2024-01-01T00:00:00+00:00',
    Tags: [],
    InstanceProfileList: [],
    AttachedManagedPolicies: [],
    AssumeRolePolicyDocument: trustText(service),
    RolePolicyList: Object.entries(policies).map(([PolicyName, PolicyDocument]) => ({
      PolicyName,
      PolicyDocument: JSON.parse(PolicyDocument),
    })),
  };
}

/** A trust policy for one service of AWS. */
export function trustText(service: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });
}

const MANIFESTS = `apiVersion: v1
kind: Namespace
metadata: { name: web }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: api, namespace: web }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: cluster-admin }
rules:
  - { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }
  - { nonResourceURLs: ['*'], verbs: ['*'] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: web }
rules: [{ apiGroups: [''], resources: [secrets, configmaps], verbs: [get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: api-reads, namespace: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: ServiceAccount, name: api, namespace: web }]
`;

/**
 * A folder with a snapshot of one account, in which `app` (path `/service/`) reads buckets and secrets and `lambda-admin`
 * is an administrator that Lambda may become, `bounded` is held to reading by a boundary, and of one cluster.
 */
export async function scannedEstate(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nhi-iac-'));
  await mkdir(join(folder, 'exports', 'prod'), { recursive: true });
  const details = {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: [
      role(
        'app',
        'ec2.amazonaws.com',
        { files: policyText(['s3:GetObject'], ['secretsmanager:GetSecretValue']) },
        '/service/',
      ),
      {
        ...role('bounded', 'ec2.amazonaws.com', { all: policyText(['s3:*']) }),
        PermissionsBoundary: { PermissionsBoundaryArn: `arn:aws:iam::${ACCOUNT}:policy/limit` },
      },
      role('lambda-admin', 'lambda.amazonaws.com', { all: policyText(['*']) }),
    ],
    Policies: [
      {
        PolicyName: 'limit',
        PolicyId: 'ANPAEXAMPLELIMIT',
        Arn: `arn:aws:iam::${ACCOUNT}:policy/limit`,
        Path: '/',
        DefaultVersionId: 'v1',
        AttachmentCount: 0,
        PolicyVersionList: [
          { VersionId: 'v1', IsDefaultVersion: true, Document: JSON.parse(policyText(['s3:GetObject'])) },
        ],
      },
    ],
  };
  await writeFile(join(folder, 'exports', 'details.json'), JSON.stringify(details));
  await writeFile(join(folder, 'exports', 'prod', 'rbac.yaml'), MANIFESTS);
  const scanned = await runCli(folder, ['scan', '--import', 'exports', '--quiet']);
  if (scanned.code !== 0) throw new Error(scanned.stderr);
  return folder;
}
