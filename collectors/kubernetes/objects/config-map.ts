import { z } from 'zod';
import { textMap } from './meta.ts';

/** The two ConfigMaps that say something about identities, by namespace and name; all others are passed over. */
export const TRACKING = 'kube-system/kube-apiserver-legacy-service-account-token-tracking';
export const AWS_AUTH = 'kube-system/aws-auth';

/** A ConfigMap's texts by key. */
export interface ConfigMapBody {
  readonly data: Readonly<Record<string, string>>;
}

export const configMapBody = z.object({ data: textMap }).transform(({ data }): ConfigMapBody => ({ data }));
