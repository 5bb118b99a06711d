import { type Account, PROD } from '../account.ts';
import { allow, grantsIn } from '../policy.ts';
import type { RoleSpec } from '../spec.ts';
import { github, irsa, principal, service } from '../trust.ts';

const OWN = { team: 'payments', tags: { 'data-classification': 'cardholder' } } as const;

/** The roles of the payments team. They all run under the team's permissions boundary. */
export function paymentsRoles(account: Account): readonly RoleSpec[] {
  const { table, tableRead, consume, send, secret, decrypt, invoke, s3Write, arn } = grantsIn(account);
  const lambda = service('lambda');
  const inVpc = ['service-role/AWSLambdaVPCAccessExecutionRole'];
  const roles: readonly RoleSpec[] = [
    {
      ...OWN,
      name: 'payments-api',
      age: 366,
      used: 0,
      trust: irsa(account, 'payments', 'payments-api'),
      inline: {
        runtime: [table('payments'), send('settlement'), secret('payments/psp'), decrypt('9d2e-payments')],
      },
    },
    {
      ...OWN,
      name: 'payments-ledger',
      age: 366,
      used: 0,
      trust: irsa(account, 'payments', 'ledger'),
      inline: { runtime: [table('ledger'), decrypt('9d2e-payments')] },
    },
    {
      ...OWN,
      name: 'payments-webhooks',
      path: '/service/',
      age: 350,
      used: 0,
      trust: lambda,
      managed: inVpc,
      inline: { inbound: [send('settlement'), secret('payments/webhook')] },
    },
    {
      ...OWN,
      name: 'payments-settlement',
      path: '/service/',
      age: 350,
      used: 0,
      trust: lambda,
      managed: inVpc,
      inline: { settle: [consume('settlement'), table('ledger'), decrypt('9d2e-payments')] },
    },
    {
      ...OWN,
      name: 'payments-reconciliation',
      path: '/service/',
      age: 300,
      used: 0,
      trust: service('states', account),
      inline: { steps: [invoke('payments-reconcile-*')] },
    },
    {
      ...OWN,
      name: 'payments-deploy',
      age: 350,
      used: 2,
      trust: github(account, `repo:acme-example/payments:environment:${account.environment}`),
      inline: { deploy: [allow('lambda:UpdateFunctionCode', arn('lambda', 'function:payments-*'))] },
    },
    ...(account === PROD
      ? ([
          {
            ...OWN,
            name: 'payments-fraud-scoring',
            age: 240,
            used: 0,
            trust: irsa(account, 'payments', 'fraud-scoring'),
            inline: {
              score: [
                tableRead('payments'),
                allow('sagemaker:InvokeEndpoint', arn('sagemaker', 'endpoint/fraud-*')),
              ],
            },
          },
          {
            ...OWN,
            name: 'payments-audit-export',
            path: '/service/',
            age: 240,
            used: 1,
            trust: lambda,
            managed: inVpc,
            inline: { export: [tableRead('ledger'), s3Write('payments-audit')] },
          },
          {
            ...OWN,
            name: 'payments-auditor',
            age: 240,
            used: 20,
            trust: principal(`arn:aws:iam::${account.id}:role/security-audit`),
            inline: { 'read-exports': [grantsIn(account).s3Read('payments-audit')] },
          },
        ] satisfies readonly RoleSpec[])
      : []),
  ];
  return roles.map((role) => ({ ...role, boundary: 'WorkloadBoundary' }));
}
