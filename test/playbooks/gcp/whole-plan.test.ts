import { expect, it, describe } from 'vitest';
import { gcpActionsWith, gcpEvaluatorWith } from '../../../playbooks/actions/gcp/index.ts';
import { cloudPlan } from '../cloud-plan.ts';
import { goodToken, googleServer } from './google-server.ts';
import { account, ACCOUNT, ACCOUNT_UID, credential, EMAIL, grant, KEY, trust } from './subjects.ts';

describe('a plan in Google Cloud', () => {
  it('is carried out, proved, and rolled back to the letter', async () => {
    const app = `serviceAccount:${EMAIL}`;
    const pool =
      'principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/gh/subject/s';
    const server = await googleServer(
      { [ACCOUNT]: { name: ACCOUNT, uniqueId: '1001' }, [KEY]: { name: KEY }, 'projects/p': {} },
      {
        'projects/p': {
          etag: 'A',
          bindings: [{ role: 'roles/viewer', members: [app, 'user:ben@x.example'] }],
        },
        [ACCOUNT]: { etag: 'B', bindings: [{ role: 'roles/iam.workloadIdentityUser', members: [pool] }] },
      },
    );
    const held = () => JSON.stringify([...server.state.objects, ...server.state.policies]);
    const bindings = () => [...server.state.policies.values()].map((each) => each.bindings);
    const [objects, bound] = [JSON.stringify([...server.state.objects]), structuredClone(bindings())];
    const plan = await cloudPlan({
      rows: [
        {
          identities: [account()],
          credentials: [credential().row],
          grants: [grant().row],
          trusts: [trust({ trusted: `gcp:${pool}` }).row],
        },
      ],
      identity: { uid: ACCOUNT_UID, system: 'gcp' },
      actions: gcpActionsWith(goodToken),
      evaluator: gcpEvaluatorWith(goodToken),
      context: server.context,
    });
    expect((await plan.verify()).verdict).toBe('not-proved');
    expect((await plan.apply()).map(({ step, result }) => `${step.action} ${result}`)).toEqual([
      'gcp/disable-service-account done',
      'gcp/disable-service-account-key done',
      'gcp/remove-member done',
      'gcp/remove-trusted-member done',
    ]);
    expect((await plan.verify()).verdict).toBe('proved');
    const revoked = held();
    expect((await plan.apply()).every(({ result }) => result === 'done-before')).toBe(true);
    expect(held()).toBe(revoked);
    expect((await plan.rollBack()).map(({ result }) => result)).toEqual(Array(4).fill('undone'));
    expect(JSON.stringify([...server.state.objects])).toBe(objects);
    expect(bindings()).toEqual(bound);
    expect((await plan.verify()).verdict).toBe('not-proved');
  });
});
