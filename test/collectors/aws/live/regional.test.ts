import { describe, expect, it } from 'vitest';
import { only, statuses } from '../importing.ts';
import { HOME, readAll, targetAt } from './reading.ts';
import { json, startServer, xml } from './server.ts';

const role = (name: string): string => `arn:aws:iam::${HOME}:role/${name}`;

describe('what runs with roles', () => {
  it('is told by the call that describes it, each role by its use', async () => {
    const server = await startServer();
    const taskDefinitionArn = `arn:aws:ecs:us-east-1:${HOME}:task-definition/web:7`;
    server.on('ecs:ListTaskDefinitionFamilies', () => json({ families: ['web'] }));
    server.on('ecs:DescribeTaskDefinition', ({ input }) =>
      json({
        taskDefinition: {
          taskDefinitionArn,
          family: input['taskDefinition'],
          taskRoleArn: role('task'),
          executionRoleArn: role('pull'),
        },
      }),
    );
    const rows = await readAll(targetAt(server));
    expect(rows('workloads')).toMatchObject([
      { uid: taskDefinitionArn, identityUid: role('task'), kind: 'ecs-task-definition', name: 'web' },
      {
        uid: `${taskDefinitionArn}#execution`,
        identityUid: role('pull'),
        kind: 'ecs-task-definition-execution',
      },
    ]);
  });

  it('is found by the name of its role, too', async () => {
    const server = await startServer();
    server.on('glue:GetJobs', () => json({ Jobs: [{ Name: 'nightly', Role: 'service-role/glue' }] }));
    const rows = await readAll(targetAt(server));
    expect(only(rows('workloads'))).toMatchObject({
      uid: `arn:aws:glue:us-east-1:${HOME}:job/nightly`,
      identityUid: role('service-role/glue'),
    });
  });

  it('is a stack of CloudFormation, where it acts as a role', async () => {
    const server = await startServer();
    const StackId = `arn:aws:cloudformation:us-east-1:${HOME}:stack/net/1`;
    const own = '<StackId>arn:other</StackId><StackName>own-rights</StackName>';
    server.on('cloudformation:DescribeStacks', () =>
      xml(
        'DescribeStacks',
        `<Stacks><member><StackId>${StackId}</StackId><StackName>net</StackName><RoleARN>${role('cfn')}</RoleARN></member><member>${own}</member></Stacks>`,
      ),
    );
    const rows = await readAll(targetAt(server));
    expect(only(rows('workloads'))).toMatchObject({
      uid: StackId,
      identityUid: role('cfn'),
      kind: 'cloudformation-stack',
    });
  });

  it('is a pod by its ServiceAccount, with the trust that EKS keeps', async () => {
    const server = await startServer();
    const cluster = `arn:aws:eks:us-east-1:${HOME}:cluster/prod`;
    const associationArn = `arn:aws:eks:us-east-1:${HOME}:podidentityassociation/prod/a-1`;
    server.on('eks:ListClusters', () => json({ clusters: ['prod'] }));
    server.on('eks:DescribeCluster', () =>
      json({
        cluster: {
          name: 'prod',
          arn: cluster,
          identity: { oidc: { issuer: 'https://oidc.example.com/id/1' } },
        },
      }),
    );
    server.on('eks:ListPodIdentityAssociations', () => json({ associations: [{ associationId: 'a-1' }] }));
    server.on('eks:DescribePodIdentityAssociation', () =>
      json({
        association: {
          associationArn,
          roleArn: role('pay'),
          namespace: 'pay',
          serviceAccount: 'api',
          clusterName: 'prod',
        },
      }),
    );
    const rows = await readAll(targetAt(server));
    expect(only(rows('workloads'))).toMatchObject({ uid: associationArn, identityUid: role('pay') });
    expect(only(rows('trusts'))).toMatchObject({
      identityUid: role('pay'),
      trusted: 'oidc:oidc.example.com/id/1:system:serviceaccount:pay:api',
      trustedKind: 'federated-subject',
    });
  });

  it('is an instance by the role of its profile', async () => {
    const server = await startServer();
    const profile = `arn:aws:iam::${HOME}:instance-profile/web`;
    server.on('iam:ListInstanceProfiles', () =>
      xml(
        'ListInstanceProfiles',
        `<InstanceProfiles><member><Arn>${profile}</Arn><InstanceProfileName>web</InstanceProfileName><Roles><member><Arn>${role('web')}</Arn></member></Roles></member></InstanceProfiles>`,
      ),
    );
    const instance = (id: string, held: string): string =>
      `<item><instanceId>${id}</instanceId><instanceState><name>running</name></instanceState><iamInstanceProfile><arn>${held}</arn></iamInstanceProfile></item>`;
    server.on('ec2:DescribeInstances', () => ({
      body: `<DescribeInstancesResponse><reservationSet><item><instancesSet>${instance('i-1', profile)}${instance('i-2', 'arn:aws:iam::999999999999:instance-profile/gone')}</instancesSet></item></reservationSet></DescribeInstancesResponse>`,
    }));
    const rows = await readAll(targetAt(server));
    expect(only(rows('workloads'))).toMatchObject({
      uid: `arn:aws:ec2:us-east-1:${HOME}:instance/i-1`,
      identityUid: role('web'),
    });
    expect(statuses(rows, 'workloads', HOME)).toMatchObject({ 'ec2:DescribeInstances': 'partial' });
  });
});

describe('what other services say of use', () => {
  it('is a finding about an unused role', async () => {
    const server = await startServer();
    server.on('access-analyzer:ListAnalyzers', () =>
      json({
        analyzers: [
          { arn: 'arn:analyzer/external', type: 'ACCOUNT' },
          {
            arn: 'arn:analyzer/unused',
            type: 'ACCOUNT_UNUSED_ACCESS',
            configuration: { unusedAccess: { unusedAccessAge: 90 } },
          },
        ],
      }),
    );
    server.on('access-analyzer:ListFindingsV2', () => json({ findings: [{ id: 'f-1' }] }));
    server.on('access-analyzer:GetFindingV2', () =>
      json({
        resource: role('old'),
        analyzedAt: '2026-11-19T00:00:00Z',
        findingDetails: [{ unusedIamRoleDetails: { lastAccessed: '2026-01-05T00:00:00Z' } }],
      }),
    );
    const rows = await readAll(targetAt(server));
    expect(only(rows('usages').filter(({ source }) => source === 'aws:access-analyzer'))).toMatchObject({
      identityUid: role('old'),
      lastUsedAt: '2026-01-05T00:00:00.000Z',
      windowStart: '2026-08-21T00:00:00.000Z',
    });
  });

  it('is when a certificate of Roles Anywhere was last seen', async () => {
    const server = await startServer();
    const subjectArn = `arn:aws:rolesanywhere:us-east-1:${HOME}:subject/s-1`;
    server.on('rolesanywhere:ListSubjects', () =>
      json({
        subjects: [
          { subjectArn, x509Subject: 'CN=build', enabled: true, lastSeenAt: '2026-11-10T00:00:00Z' },
        ],
      }),
    );
    const rows = await readAll(targetAt(server));
    expect(rows('identities').find(({ uid }) => uid === subjectArn)).toMatchObject({
      name: 'CN=build',
      class: 'non-human',
    });
    expect(rows('usages').find(({ identityUid }) => identityUid === subjectArn)?.lastUsedAt).toBe(
      '2026-11-10T00:00:00.000Z',
    );
  });
});

describe('identities of agents', () => {
  it('are those of AgentCore', async () => {
    const server = await startServer();
    const workloadIdentityArn = `arn:aws:bedrock-agentcore:us-east-1:${HOME}:workload-identity-directory/default/workload-identity/helper`;
    server.on('bedrock-agentcore:ListWorkloadIdentities', () =>
      json({ workloadIdentities: [{ name: 'helper', workloadIdentityArn }] }),
    );
    server.on('bedrock-agentcore:GetWorkloadIdentity', () =>
      json({
        name: 'helper',
        workloadIdentityArn,
        allowedResourceOauth2ReturnUrls: ['https://app.example.com/cb'],
      }),
    );
    const rows = await readAll(targetAt(server));
    expect(rows('identities').find(({ uid }) => uid === workloadIdentityArn)).toMatchObject({
      kind: 'agent-workload-identity',
      raw: { allowedResourceOauth2ReturnUrls: ['https://app.example.com/cb'] },
    });
  });
});
