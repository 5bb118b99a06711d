import type { AwsTarget } from './target/aws.ts';
import type { AzureTarget } from './target/azure.ts';
import type { GcpTarget } from './target/gcp.ts';
import type { KubernetesTarget } from './target/kubernetes.ts';

/** A system that is read live, with everything that says where and how. It holds no secret. */
export type Target = AwsTarget | AzureTarget | GcpTarget | KubernetesTarget;
