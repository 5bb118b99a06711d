import { z } from 'zod';
import type { Instant } from '#model/system.ts';

/** Who and where an object is. */
export interface Meta {
  readonly name: string;
  /** '' for objects of the whole cluster. */
  readonly namespace: string;
  /** The manifest names no namespace, and `namespace` is the one that kubectl would put it in. */
  readonly isNamespaceAssumed: boolean;
  /** The server's; null: the object comes from a manifest. */
  readonly uid: string | null;
  readonly resourceVersion: string | null;
  readonly createdAt: Instant | null;
  /** `creationTimestamp` is there and is no time. */
  readonly isCreatedAtMalformed: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The object that made this one and looks after it. */
  readonly controller: { readonly kind: string; readonly name: string } | null;
}

/** Text by name, values that are plain but no text turned into it, all others left out. */
export const textMap = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((map) =>
    Object.fromEntries(
      Object.entries(map ?? {}).flatMap(([key, value]) =>
        ['string', 'number', 'boolean'].includes(typeof value) ? [[key, String(value)]] : [],
      ),
    ),
  );

/** A truth value as YAML 1.1 has it, which is what kubectl reads. */
export const flag = z
  .union([
    z.boolean(),
    z.enum(['yes', 'Yes', 'YES', 'on', 'On', 'ON']),
    z.enum(['no', 'No', 'NO', 'off', 'Off', 'OFF']),
  ])
  .transform((value) => (typeof value === 'boolean' ? value : /^(?:yes|on)$/iu.test(value)));

const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

/** The part of an object that every kind has. */
export const metaSchema = z.object({
  metadata: z
    .object({
      name: z.string().min(1).optional(),
      generateName: z.string().min(1).optional(),
      namespace: optionalText,
      uid: optionalText,
      resourceVersion: optionalText,
      creationTimestamp: z.unknown().optional(),
      labels: textMap,
      annotations: textMap,
      ownerReferences: z
        .array(z.object({ kind: z.string(), name: z.string(), controller: flag.nullish() }))
        .nullish()
        .catch(null),
    })
    .refine(({ name, generateName }) => name !== undefined || generateName !== undefined, 'has no name'),
});

/** Puts the metadata into our form; `isNamespaced` is a matter of the kind. */
export function metaOf({ metadata }: z.output<typeof metaSchema>, isNamespaced: boolean): Meta {
  const { creationTimestamp, ownerReferences } = metadata;
  const isManifest = metadata.uid === null;
  const namespace = isNamespaced ? (metadata.namespace ?? '') : '';
  const isNamespaceAssumed = isNamespaced && namespace === '' && isManifest;
  const createdAt = instantOf(creationTimestamp);
  const controller = ownerReferences?.find((owner) => owner.controller === true);
  return {
    name: metadata.name ?? `${metadata.generateName ?? ''}*`,
    // https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces
    namespace: isNamespaceAssumed ? 'default' : namespace,
    isNamespaceAssumed,
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    createdAt,
    isCreatedAtMalformed: createdAt === null && creationTimestamp !== null && creationTimestamp !== undefined,
    labels: metadata.labels,
    annotations: metadata.annotations,
    controller: controller === undefined ? null : { kind: controller.kind, name: controller.name },
  };
}

/** An RFC 3339 time (or a date alone, which is its first moment in UTC) as an instant; null: it is none. */
export function instantOf(value: unknown): Instant | null {
  if (
    typeof value !== 'string' ||
    !/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/u.test(value)
  ) {
    return null;
  }
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
