import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IAMClient, GenerateCredentialReportCommand } from '@aws-sdk/client-iam';
import { awsAccess } from '#access/aws/index.ts';
import { accessRecords } from '#test/access/access-records.ts';
import { startMoto, whyNoMoto, type Moto } from '#test/live/moto.ts';
import { exportAccount } from './export.ts';
import { buildIdentities, type BuiltIdentities } from './identities.ts';
import {
  accessTo,
  buildOrganization,
  MANAGEMENT,
  type Access,
  type BuiltOrganization,
} from './organization.ts';
import { NOW, scanLive, type RowsOf } from './reading.ts';
import { buildResources, type BuiltResources } from './resources.ts';

const why = whyNoMoto();

/** The tables that are compared with those of exports. */
const EXPORTED = ['identities', 'groups', 'credentials', 'grants', 'memberships'] as const;

describe.skipIf(why !== null)(
  `an organisation that is read live${why === null ? '' : ` (skipped: ${why})`}`,
  () => {
    let folder: string;
    let moto: Moto;
    let organization: BuiltOrganization;
    let identities: BuiltIdentities;
    let resources: BuiltResources;
    let member: Access;
    let rows: RowsOf;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'nhi-live-'));
      moto = await startMoto();
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      const management = { endpoint: moto.endpoint, region: 'us-east-1', credentials };
      organization = await buildOrganization(management);
      member = await accessTo(management, organization.member);
      identities = await buildIdentities(member, organization.member);
      resources = await buildResources(member, organization.member);
      await new IAMClient(member).send(new GenerateCredentialReportCommand({}));
      rows = await scanLive(folder, moto.endpoint);
    });
    afterAll(async () => {
      await moto?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    const arn = (rest: string): string => `arn:aws:iam::${organization.member}:${rest}`;
    const byName = (one: string, other: string): number => (one < other ? -1 : 1);

    it('has its units and accounts, each under its parent', () => {
      const scopes = new Map(rows('scopes').map((row) => [row.uid, row]));
      const account = scopes.get(`aws:${organization.member}`);
      expect(account).toMatchObject({ kind: 'account', name: 'shop-prod', parentUid: organization.unitArn });
      const unit = scopes.get(organization.unitArn);
      expect(unit).toMatchObject({ kind: 'organizational-unit', name: 'Workloads' });
      const root = scopes.get(unit?.parentUid ?? '');
      expect(root).toMatchObject({ kind: 'organizational-unit', name: 'Root' });
      expect(scopes.get(root?.parentUid ?? '')).toMatchObject({ kind: 'organization', parentUid: null });
      expect(scopes.get(`aws:${MANAGEMENT}`)?.parentUid).toBe(root?.uid);
    });

    it('has every user and role of the member account', () => {
      const own = rows('identities').filter(({ scopeUid }) => scopeUid === `aws:${organization.member}`);
      expect(own.map(({ uid }) => uid).toSorted(byName)).toEqual(
        [
          'user/ci-deployer',
          'user/jane',
          ...['OrganizationAccountAccessRole', 'app', 'github', 'partner', 'sibling', 'web'].map(
            (name) => `role/${name}`,
          ),
        ]
          .map(arn)
          .toSorted(byName),
      );
    });

    it('tells a key by its id, a password and an SSH key', () => {
      const kinds = rows('credentials').filter(({ identityUid }) => identityUid.startsWith(arn('user/')));
      expect(
        kinds
          .map(({ uid, kind }) => `${kind} ${uid.replace(/ssh-public-key\/.*/u, 'ssh-public-key/…')}`)
          .toSorted(byName),
      ).toEqual([
        `access-key ${arn(`user/ci-deployer/access-key/${identities.keyId}`)}`,
        `console-password ${arn('user/jane/console-password')}`,
        `ssh-public-key ${arn('user/ci-deployer/ssh-public-key/…')}`,
      ]);
    });

    it('has the document of a policy that is only a boundary', () => {
      const guardrail = rows('guardrails').find(({ targetUid }) => targetUid === arn('role/app'));
      expect(guardrail).toMatchObject({ kind: 'permission-boundary', roleUid: identities.boundary });
      const boundary = rows('roles').filter(({ uid }) => uid === identities.boundary);
      expect(boundary).toMatchObject([{ document: { Statement: [{ Action: ['sns:*', 's3:*'] }] } }]);
    });

    it('has its service control policies where they are attached', () => {
      const attached = rows('guardrails').filter(({ kind }) => kind === 'service-control-policy');
      expect(attached).toContainEqual(
        expect.objectContaining({
          uid: `${organization.unitArn}/service-control-policy/${organization.policyId}`,
          targetUid: organization.unitArn,
          document: expect.objectContaining({
            Statement: [{ Effect: 'Deny', Action: 'sns:DeleteTopic', Resource: '*' }],
          }),
        }),
      );
      expect(attached.map(({ targetUid }) => targetUid)).toContain(`aws:${organization.member}`);
    });

    it('is enough for a sure answer about what a role may do', () => {
      const records = accessRecords({
        scopes: rows('scopes'),
        identities: rows('identities'),
        groups: rows('groups'),
        memberships: rows('memberships'),
        roles: rows('roles'),
        grants: rows('grants'),
        guardrails: rows('guardrails'),
        resourcePolicies: rows('resourcePolicies'),
        coverage: rows('coverage'),
      });
      const access = awsAccess(records, { asOf: NOW.toISOString() });
      const verdict = (action: string): string =>
        access.decide({ principal: arn('role/app'), action, resource: resources.topicArn }).decision;
      expect([verdict('sns:Publish'), verdict('sns:DeleteTopic'), verdict('sqs:SendMessage')]).toEqual([
        'allowed',
        'denied',
        'denied',
      ]);
    });

    it('knows which trusts lead out of the organisation', () => {
      const external = rows('trusts').map(({ identityUid, external: out }) => [identityUid, out] as const);
      const told = new Map(external);
      expect(told.get(arn('role/partner'))).toBe(true);
      expect(told.get(arn('role/sibling'))).toBe(false);
    });

    it('names what runs with each role', () => {
      const running = rows('workloads').map(({ kind, uid, identityUid }) =>
        [kind, uid, identityUid].join(' '),
      );
      expect(running.toSorted(byName)).toEqual(
        [
          `lambda-function ${resources.functionArn} ${arn('role/app')}`,
          `cloudformation-stack ${resources.stackId} ${arn('role/app')}`,
          `state-machine ${resources.machineArn} ${arn('role/app')}`,
          `instance-profile ${arn('instance-profile/web')} ${arn('role/web')}`,
          `ec2-instance arn:aws:ec2:us-east-1:${organization.member}:instance/${resources.instanceId} ${arn('role/web')}`,
        ].toSorted(byName),
      );
    });

    it('has the policies of resources', () => {
      const policies = rows('resourcePolicies').filter(({ kind }) => kind !== 'trust');
      expect(policies.map(({ resourceUid }) => resourceUid)).toEqual(
        expect.arrayContaining([
          'arn:aws:s3:::shop-assets',
          `arn:aws:sqs:us-east-1:${organization.member}:orders`,
          resources.keyArn,
          resources.topicArn,
          resources.secretArn,
        ]),
      );
      expect(policies.map(({ resourceUid }) => resourceUid)).not.toContain(
        'arn:aws:s3:::shop-without-policy',
      );
    });

    it('has a federation provider, and the age of a secret', () => {
      const provider = rows('scopes').find(({ uid }) => uid.includes(':oidc-provider/'));
      expect(provider).toMatchObject({
        name: 'token.actions.githubusercontent.com',
        raw: { ClientIDList: ['sts.amazonaws.com'] },
      });
      const secret = rows('credentials').find(({ uid }) => uid === resources.secretArn);
      expect(secret).toMatchObject({
        kind: 'stored-secret',
        name: 'shop/db',
        raw: { RotationEnabled: false },
      });
    });

    it('has encrypted parameters, server certificates and grants on keys', () => {
      const stored = new Map(rows('credentials').map(({ name, kind }) => [name, kind]));
      expect(stored.get('/shop/token')).toBe('stored-secret');
      expect(stored.get('shop-tls')).toBe('server-certificate');
      expect(stored.has('/shop/theme')).toBe(false);
      const grant = rows('resourcePolicies').find(({ kind }) => kind === 'kms-grant');
      expect(grant).toMatchObject({
        resourceUid: resources.keyArn,
        document: { Statement: [{ Principal: { AWS: arn('role/app') }, Action: ['kms:Decrypt'] }] },
      });
    });

    it('knows a SAML provider by what it calls itself', () => {
      const provider = rows('scopes').find(({ uid }) => uid === arn('saml-provider/okta'));
      expect(provider).toMatchObject({ raw: { EntityId: 'https://okta.example.com/saml' } });
    });

    it('holds no value of a secret or an environment variable', () => {
      const tables = [
        'identities',
        'credentials',
        'workloads',
        'scopes',
        'resourcePolicies',
        'coverage',
      ] as const;
      expect(JSON.stringify(tables.map((table) => rows(table)))).not.toContain('must-not-be-read');
    });

    it('gives the same identities, credentials, roles and grants as the import of its exports', async () => {
      const imported = await exportAccount(join(folder, 'exports'), member, organization.member);
      const own = `aws:${organization.member}`;
      const kinds = new Set(imported('credentials').map(({ kind }) => kind));
      const live = {
        identities: rows('identities').filter(({ scopeUid }) => scopeUid === own),
        groups: rows('groups'),
        credentials: rows('credentials').filter(({ scopeUid, kind }) => scopeUid === own && kinds.has(kind)),
        grants: rows('grants').filter(({ scopeUid }) => scopeUid === own),
        memberships: rows('memberships'),
      };
      for (const table of EXPORTED) {
        const sorted = (all: readonly object[]): string[] =>
          all.map((row) => JSON.stringify(row)).toSorted(byName);
        expect(imported(table).length, table).toBeGreaterThan(0);
        expect(sorted(live[table]), table).toEqual(sorted(imported(table)));
      }
    });
  },
);
