import { ago, awsTime } from '../clock.ts';
import { PROD, REGION, roleArn } from '../aws/account.ts';

/** The answer of `aws eks describe-cluster` for the cluster on EKS, which was made `age` days before the export. */
export function describeCluster(name: string, age: number): object {
  const [, id = ''] = PROD.clusterIssuer.split('/id/');
  return {
    cluster: {
      name,
      arn: `arn:aws:eks:${REGION}:${PROD.id}:cluster/${name}`,
      createdAt: awsTime(ago(age, `cluster ${name}`)),
      version: '1.34',
      endpoint: `https://${id}.gr7.${REGION}.eks.amazonaws.com`,
      roleArn: roleArn(PROD, 'eks-prod-cluster'),
      identity: { oidc: { issuer: `https://${PROD.clusterIssuer}` } },
      status: 'ACTIVE',
      platformVersion: 'eks.9',
      tags: { owner: 'platform', environment: PROD.environment },
      accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' },
    },
  };
}
