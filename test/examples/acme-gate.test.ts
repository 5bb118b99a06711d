import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ScannedAcme, scanAcme } from './scanned-acme.ts';

describe('the gate on the demonstration estate', () => {
  let acme: ScannedAcme;

  beforeAll(async () => {
    acme = await scanAcme();
    return acme.discard;
  });

  it('fails for what was found, and says which waiver has expired without failing for it', async () => {
    const { code, stdout } = await acme.nhi('gate');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL /u);
    expect(stdout).toContain('waivers that have expired: W-2026-017');
    expect(stdout).toMatch(/\b2 waived\b/u);
  });

  it('passes where what was found is the baseline', async () => {
    const baseline = join(acme.dataDir, 'gate-baseline.json');
    expect(await acme.nhi('gate', '--write-baseline', baseline)).toMatchObject({ code: 0 });
    const { code, stdout } = await acme.nhi('gate', '--baseline', baseline);
    expect({ code, pass: stdout.startsWith('PASS') }).toEqual({ code: 0, pass: true });
  });

  it('fails the plan that gives shop-sitemap iam:PassRole and lambda:CreateFunction, and names the new path', async () => {
    const { code, stdout } = await acme.nhi('gate', '--plan', 'plan/tfplan.json');
    expect(code).toBe(1);
    expect(stdout).toContain('1 new path to administrator');
    expect(stdout.replaceAll(/\s+/gu, ' ')).toContain(
      'role/service/shop-sitemap: pass-role-lambda → arn:aws:iam::111122223333:role/service/ops-auto-remediation ' +
        '[iam:PassRole, lambda:CreateFunction, lambda:InvokeFunction]',
    );
    expect(stdout).toContain('aws_iam_role_policy.sitemap');
  });

  it('fails the manifests that let shop/search-indexer bind any ClusterRole, and names the new path', async () => {
    const words = ['gate', '--manifests', 'plan/manifests', '--cluster', 'prod-eks'];
    const { code, stdout } = await acme.nhi(...words);
    expect(code).toBe(1);
    expect(stdout.replaceAll(/\s+/gu, ' ')).toContain(
      'serviceaccount:shop/search-indexer: bind-role → k8s:prod-eks:admin [bind clusterroles',
    );
    expect(stdout).toContain('manifests/search-rollout.yaml');
  });
});
