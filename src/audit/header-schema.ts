import { z } from 'zod';
import { CATEGORIES, SEVERITIES } from '#model/finding.ts';
import { FEEDS } from '#model/scope.ts';
import { SYSTEMS } from '#model/system.ts';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;
const slug = z.string().regex(SLUG, 'expected lower-case words joined by hyphens');
const text = z.string().trim().min(1);
const value = z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]);

const parameterName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/u, 'expected lower-case letters, digits and underscores')
  .refine(
    (name) => name !== 'as_of' && !name.startsWith('nhi_'),
    'as_of and names with nhi_ are the engine’s own',
  );

const parameter = z.strictObject({
  default: value,
  min: z.number().optional(),
  max: z.number().optional(),
  about: text.optional(),
});

const instant = z
  .string()
  .refine((written) => !Number.isNaN(Date.parse(written)), 'expected a time such as 2026-01-31T00:00:00Z');

const expectedRow = z.strictObject({
  identity_uid: z.string().nullable().default(null),
  subject_uid: z.string().nullable().default(null),
  status: z.enum(['fail', 'pass', 'unknown']),
});

const example = z.strictObject({
  name: text,
  given: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
  as_of: instant.default('2026-01-31T00:00:00.000Z'),
  params: z.record(z.string(), value).default({}),
  expect: z.array(expectedRow),
});

/** The header of a rule file as it is written. Unknown keys are mistakes. */
export const headerSchema = z.strictObject({
  id: slug,
  title: text,
  category: z.enum(CATEGORIES),
  severity: z.enum(SEVERITIES),
  systems: z.array(z.enum(SYSTEMS)).min(1).optional(),
  needs: z.array(z.enum(FEEDS)),
  subjects: z.array(z.enum(FEEDS)).optional(),
  pass_proved_by: z.array(z.enum(FEEDS)).optional(),
  params: z.record(parameterName, parameter).default({}),
  identify_by: z.array(z.enum(['identity_uid', 'subject_uid'])).min(1),
  fixed_severity: z.boolean().optional(),
  judges: z.literal('waivers').optional(),
  playbook: slug.nullable().default(null),
  about: text,
  remedy: z.union([text, z.array(text).min(1)]),
  examples: z.array(example).default([]),
});

export type WrittenHeader = z.output<typeof headerSchema>;
