import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { AS_OF } from '#tooling/acme/clock.ts';
import { acmeFiles } from '#tooling/acme/estate.ts';

const ROOT = join(process.cwd(), 'examples/acme');
/** Written by hand, or by a scan. */
const NOT_GENERATED = ['README.md', 'gate.yaml', 'governance/entitlements.yaml', 'nhi.yaml'];
const onDisk = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
  .toSorted();
const text = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const items = (name: string) => JSON.parse(text(`kubernetes/prod-eks/${name}.json`)).items;

describe('the generator of the demonstration estate', () => {
  it('writes, byte for byte, the files that are there', () => {
    const written = acmeFiles();
    expect([...written.keys(), ...NOT_GENERATED].toSorted()).toEqual(onDisk);
    expect([...written].filter(([name, expected]) => text(name) !== expected).map(([name]) => name)).toEqual(
      [],
    );
  });

  it('writes the same at every run', () => {
    expect(acmeFiles()).toEqual(acmeFiles());
  });
});

describe('the demonstration estate', () => {
  it('is small enough to be shipped', () => {
    const size = onDisk.reduce((sum, name) => sum + text(name).length, 0);
    expect(size).toBeLessThan(3_000_000);
  });

  it('says in its README when it was exported', () => {
    expect(text('README.md')).toContain(`--as-of ${AS_OF}`);
  });

  it('consists of JSON and YAML that parse', () => {
    const json = onDisk.filter((name) => name.endsWith('.json'));
    expect(() => json.map((name) => JSON.parse(text(name)))).not.toThrow();
    const yaml = onDisk.filter((name) => name.endsWith('.yaml')).map((name) => parseAllDocuments(text(name)));
    expect(yaml.filter((documents) => documents.length === 0)).toEqual([]);
    expect(yaml.flat().flatMap((document) => document.errors)).toEqual([]);
  });

  it.each(['prod', 'dev'])('has the lists of a whole account in aws/%s', (account) => {
    const details = JSON.parse(text(`aws/${account}/authorization-details.json`));
    expect(Object.keys(details)).toEqual(['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies']);
    const attached: { PolicyArn: string }[] = [
      details.UserDetailList,
      details.GroupDetailList,
      details.RoleDetailList,
    ]
      .flat()
      .flatMap((principal) => principal.AttachedManagedPolicies);
    const policies = new Set(details.Policies.map(({ Arn }: { Arn: string }) => Arn));
    expect(attached.filter(({ PolicyArn }) => !policies.has(PolicyArn))).toEqual([]);
  });

  it('has a credential report with a row for each user and for root, as CSV and as the command prints it', () => {
    const reports = {
      prod: text('aws/prod/credential-report.csv'),
      dev: Buffer.from(JSON.parse(text('aws/dev/credential-report.json')).Content, 'base64').toString(),
    };
    for (const [account, report] of Object.entries(reports)) {
      const users = JSON.parse(text(`aws/${account}/authorization-details.json`)).UserDetailList;
      const rows = report.split('\n').map((row) => row.split(','));
      expect(new Set(rows.map((row) => row.length))).toEqual(new Set([22]));
      expect(rows.slice(1).map(([name]) => name)).toEqual([
        '<root_account>',
        ...users.map(({ UserName }: { UserName: string }) => UserName),
      ]);
    }
  });

  it('has a last-accessed report for every job that was started', () => {
    const jobs = onDisk.filter((name) => /\/generate-.*\.json$/.test(name));
    expect(jobs.length).toBeGreaterThan(0);
    const states = jobs.map((name) => {
      const report = `service-last-accessed-${JSON.parse(text(name)).JobId}.json`;
      return JSON.parse(text(join(dirname(name), report))).JobStatus;
    });
    expect(new Set(states)).toEqual(new Set(['COMPLETED']));
  });

  it('holds no value of any Secret', () => {
    const values = items('secrets').flatMap((secret: { data: object }) => Object.values(secret.data));
    expect(values.length).toBeGreaterThan(0);
    expect(new Set(values)).toEqual(new Set(['']));
  });

  it('has at least 150 identities', () => {
    const accounts = ['prod', 'dev'].flatMap((account) => {
      const { UserDetailList, RoleDetailList } = JSON.parse(
        text(`aws/${account}/authorization-details.json`),
      );
      return [...UserDetailList, ...RoleDetailList];
    });
    expect(accounts.length + items('serviceaccounts').length).toBeGreaterThanOrEqual(150);
  });

  it('has for each role that a pod takes the ServiceAccount that claims it, but for the planted mismatches', () => {
    const { RoleDetailList } = JSON.parse(text('aws/prod/authorization-details.json'));
    const trusted = RoleDetailList.flatMap((role: { Arn: string }) =>
      [...JSON.stringify(role).matchAll(/:sub":"system:serviceaccount:([^:]+):([^"]+)"/g)].map(
        ([, namespace, name]) => `${namespace}/${name} ${role.Arn}`,
      ),
    );
    const claimed = items('serviceaccounts').flatMap(
      ({
        metadata,
      }: {
        metadata: { name: string; namespace: string; annotations?: Record<string, string> };
      }) => {
        const arn = metadata.annotations?.['eks.amazonaws.com/role-arn'];
        return arn === undefined ? [] : [`${metadata.namespace}/${metadata.name} ${arn}`];
      },
    );
    expect(claimed.filter((claim: string) => !trusted.includes(claim)).toSorted()).toEqual([
      'data/batch-jobs arn:aws:iam::111122223333:role/data-batch-jobs',
      'shop/recommendations arn:aws:iam::111122223333:role/shop-recommendations',
    ]);
    expect(trusted.filter((trust: string) => !claimed.includes(trust)).toSorted()).toEqual([
      'data/* arn:aws:iam::111122223333:role/data-batch-jobs',
      'data/exporter arn:aws:iam::111122223333:role/data-exports',
    ]);
  });
});
