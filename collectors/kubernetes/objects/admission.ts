import { z } from 'zod';
import type { Json } from '#model/system.ts';

/** What an admission policy or webhook configuration says, in Kubernetes' own words. */
export interface AdmissionBody {
  readonly document: Json;
}

// What JSON and YAML readers give is JSON.
const json = z.custom<Json>((value) => value !== undefined);

/** A ValidatingAdmissionPolicy or its binding. */
export const admissionPolicyBody = z
  .object({ spec: json })
  .transform(({ spec }): AdmissionBody => ({ document: { spec } }));

/** A webhook configuration, without the certificates and addresses of its webhooks. */
export const webhookBody = z
  .object({ webhooks: z.array(z.looseObject({ name: z.string() })).nullish() })
  .transform(({ webhooks }): AdmissionBody => ({
    document: {
      webhooks: (webhooks ?? []).map((webhook) => {
        const { clientConfig: _, ...rest } = webhook;
        return json.parse(rest);
      }),
    },
  }));
