import { type Account, PROD } from '../account.ts';
import { allow, grantsIn } from '../policy.ts';
import type { RoleSpec } from '../spec.ts';
import { github, irsa, service } from '../trust.ts';

const OWN = { team: 'web-shop' } as const;
const LAMBDA = 'service-role/AWSLambdaBasicExecutionRole';

/** The roles of the web shop: ECS tasks, functions, pods and the pipeline that deploys them. */
export function webShopRoles(account: Account): readonly RoleSpec[] {
  const { s3Read, s3Write, table, tableRead, send, consume, publish, secret, metrics, arn } =
    grantsIn(account);
  const tasks = service('ecs-tasks', account);
  const lambda = service('lambda');
  return [
    {
      ...OWN,
      name: 'ecs-task-execution',
      age: 730,
      used: 0,
      trust: tasks,
      managed: ['service-role/AmazonECSTaskExecutionRolePolicy'],
      inline: { 'shop-secrets': [secret('shop/runtime')] },
    },
    {
      ...OWN,
      name: 'shop-frontend-task',
      age: 730,
      used: 0,
      trust: tasks,
      inline: { runtime: [s3Read('shop-assets'), metrics('Acme/Shop')] },
    },
    {
      ...OWN,
      name: 'shop-catalog-task',
      age: 730,
      used: 0,
      trust: tasks,
      inline: { runtime: [tableRead('catalog'), s3Read('shop-assets')] },
    },
    {
      ...OWN,
      name: 'shop-cart-task',
      age: 730,
      used: 0,
      trust: tasks,
      inline: { runtime: [table('carts'), send('shop-orders')] },
    },
    {
      ...OWN,
      name: 'shop-reviews-task',
      age: 295,
      used: 1,
      trust: tasks,
      inline: { runtime: [table('reviews'), publish('shop-moderation')] },
    },
    {
      ...OWN,
      name: 'shop-image-resize',
      path: '/service/',
      age: 530,
      used: 0,
      trust: lambda,
      managed: [LAMBDA],
      inline: { images: [s3Read('shop-uploads'), s3Write('shop-assets')] },
    },
    {
      ...OWN,
      name: 'shop-email-sender',
      path: '/service/',
      age: 530,
      used: 0,
      trust: lambda,
      managed: [LAMBDA],
      inline: {
        mail: [
          consume('shop-mail'),
          allow('ses:SendEmail', arn('ses', 'identity/shop.acme.example'), {
            StringEquals: { 'ses:FromAddress': 'orders@shop.acme.example' },
          }),
        ],
      },
    },
    {
      ...OWN,
      name: 'shop-inventory-sync',
      path: '/service/',
      age: 410,
      used: 0,
      trust: lambda,
      managed: ['service-role/AWSLambdaVPCAccessExecutionRole'],
      inline: { inventory: [table('inventory'), consume('warehouse-events')] },
    },
    {
      ...OWN,
      name: 'shop-api',
      age: 366,
      used: 0,
      trust: irsa(account, 'shop', 'shop-api'),
      inline: { runtime: [table('orders'), send('shop-orders'), secret('shop/api')] },
    },
    {
      ...OWN,
      name: 'shop-search-indexer',
      age: 366,
      used: 0,
      trust: irsa(account, 'shop', 'search-indexer'),
      inline: {
        index: [
          tableRead('catalog'),
          allow(['es:ESHttpPost', 'es:ESHttpPut'], arn('es', 'domain/shop-search/*')),
        ],
      },
    },
    {
      ...OWN,
      name: 'shop-deploy',
      age: 560,
      used: 0,
      trust: github(
        account,
        `repo:acme-example/shop-frontend:environment:${account.environment}`,
        `repo:acme-example/shop-services:environment:${account.environment}`,
      ),
      inline: {
        'update-services': [
          allow(['ecs:UpdateService', 'ecs:DescribeServices'], arn('ecs', 'service/shop/*')),
          allow('lambda:UpdateFunctionCode', arn('lambda', 'function:shop-*')),
        ],
      },
    },
    ...(account === PROD ? prodOnly(account) : []),
  ];
}

function prodOnly(account: Account): readonly RoleSpec[] {
  const { s3Write, tableRead, table, consume, publish } = grantsIn(account);
  return [
    {
      ...OWN,
      name: 'shop-cdn-edge',
      path: '/service/',
      age: 480,
      used: 0,
      trust: [...service('lambda'), ...service('edgelambda')],
      managed: [LAMBDA],
    },
    {
      ...OWN,
      name: 'shop-sitemap',
      path: '/service/',
      age: 480,
      used: 1,
      trust: service('lambda'),
      managed: [LAMBDA],
      inline: { sitemap: [tableRead('catalog'), s3Write('shop-assets')] },
    },
    {
      ...OWN,
      name: 'shop-notifications',
      path: '/service/',
      age: 210,
      used: 0,
      trust: service('lambda'),
      managed: [LAMBDA],
      inline: { push: [consume('shop-push'), publish('shop-devices')] },
    },
    {
      ...OWN,
      name: 'shop-gift-cards',
      path: '/service/',
      age: 188,
      used: 2,
      trust: service('lambda'),
      managed: [LAMBDA],
      inline: { cards: [table('gift-cards')] },
    },
    {
      // Too young to be called unused: the function goes live with the winter sale.
      ...OWN,
      name: 'shop-loyalty-points',
      path: '/service/',
      age: 12,
      used: null,
      trust: service('lambda'),
      managed: [LAMBDA],
      inline: { points: [table('loyalty')] },
    },
  ];
}
