import { describe, expect, it } from 'vitest';
import { azureActionsWith, azureEvaluatorWith } from '../../../playbooks/actions/azure/index.ts';
import { cloudPlan } from '../cloud-plan.ts';
import { azureServer, goodToken } from './azure-server.ts';
import { GRAPH, grant, principal, SP, SP_UID } from './subjects.ts';

const SCOPE = '/subscriptions/55555555-eeee-4eee-8eee-555555555555';
const ID = `${SCOPE}/providers/Microsoft.Authorization/roleAssignments/66666666-ffff-4fff-8fff-666666666666`;

describe('a plan in Azure and Entra', () => {
  it('is carried out, proved, and rolled back to the same content', async () => {
    const server = await azureServer();
    const appRole = { principalId: SP, resourceId: GRAPH, appRoleId: 'r1' };
    const properties = { createdOn: 'now', roleDefinitionId: '/r/1', principalId: SP, scope: SCOPE };
    server.objects.set(`servicePrincipals/${SP}`, { id: SP, accountEnabled: true });
    server.lists.set(`servicePrincipals/${SP}/appRoleAssignments`, [{ id: 'made-0', ...appRole }]);
    server.resources.set(ID.toLowerCase(), { id: ID, properties });
    const held = () => JSON.stringify([...server.objects, ...server.lists, ...server.resources.keys()]);
    const before = held();
    const own = [
      grant({ uid: 'app-role', kind: 'app-role-assignment', raw: { id: 'made-0', ...appRole } }),
      grant({ uid: ID.toLowerCase(), kind: 'role-assignment', scopeUid: SCOPE, raw: { id: ID } }),
    ];
    const plan = await cloudPlan({
      rows: [{ identities: [principal()], grants: own.map(({ row }) => row) }],
      identity: { uid: SP_UID, system: 'azure' },
      actions: azureActionsWith(goodToken),
      evaluator: azureEvaluatorWith(goodToken),
      context: server.context,
    });
    expect((await plan.verify()).verdict).toBe('not-proved');
    expect((await plan.apply()).map(({ step, result }) => `${step.action} ${result}`)).toEqual([
      'azure/disable-service-principal done',
      'azure/delete-role-assignment done',
      'azure/delete-app-role-assignment done',
    ]);
    expect((await plan.verify()).verdict).toBe('proved');
    expect((await plan.apply()).every(({ result }) => result === 'done-before')).toBe(true);
    expect((await plan.rollBack()).map(({ result }) => result)).toEqual(Array(3).fill('undone'));
    expect(held()).toBe(before);
    expect((await plan.verify()).verdict).toBe('not-proved');
  });
});
