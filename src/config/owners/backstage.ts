import { z } from 'zod';
import type { CatalogueEntity } from '#model/ownership.ts';
import { parseYamlDocuments } from '../yaml-file.ts';

/** The kinds that stand for something with an identity: https://backstage.io/docs/features/software-catalog/descriptor-format */
const KINDS: readonly string[] = ['Component', 'Resource', 'System'];

const entitySchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({
    name: z.string().min(1).max(200),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.object({ owner: z.string().trim().min(1).max(320).optional() }).default({}),
});

/**
 * Parses a catalogue file, of which each document is an entity; empty documents and entities without an owner say
 * nothing. Throws ConfigError that names file, line and what was expected.
 */
export function parseBackstage(text: string, file: string): CatalogueEntity[] {
  return parseYamlDocuments(text, file, entitySchema).flatMap(({ kind, metadata, spec }) =>
    spec.owner === undefined || !KINDS.includes(kind)
      ? []
      : [{ name: metadata.name, owner: spec.owner, annotations: metadata.annotations }],
  );
}
