import { z } from 'zod';
import { ConfigError } from '#model/errors.ts';
import type { People } from '#model/ownership.ts';
import { peopleFrom } from './people.ts';

// https://www.rfc-editor.org/rfc/rfc7643#section-4: `active` may be left out, which says nothing, and so is taken as true.
const user = z.object({
  id: z.string().min(1),
  userName: z.string().min(1),
  displayName: z.string().optional(),
  active: z.boolean().default(true),
  emails: z.array(z.object({ value: z.string() })).default([]),
});

const group = z.object({
  id: z.string().min(1),
  displayName: z.string().min(1),
  members: z.array(z.object({ value: z.string() })).default([]),
});

const resource = z.union([user, group], {
  error: 'expected a SCIM User (id, userName) or Group (id, displayName)',
});
const listResponse = z.object({ Resources: z.array(resource) });
const scimSchema = z.union([z.array(z.union([listResponse, resource])), listResponse], {
  error: 'expected a SCIM ListResponse with Resources, or a list of them or of resources',
});

/**
 * Parses SCIM 2.0 Users and Groups: one ListResponse, several in a list, or the resources in a list. Groups in groups
 * are not followed. Throws ConfigError that names file and place.
 */
export function parsePeopleScim(text: string, file: string): People {
  const result = scimSchema.safeParse(parseJson(text, file));
  if (!result.success) {
    const [issue] = result.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
    throw wrong(file, `${place}${issue?.message ?? 'not a SCIM export'}`);
  }
  const written = Array.isArray(result.data) ? result.data : [result.data];
  const resources = written.flatMap((each) => ('Resources' in each ? each.Resources : [each]));
  const groups = resources.filter((each) => 'members' in each);
  const teamsOf = new Map<string, string[]>();
  for (const { displayName, members } of groups) {
    for (const { value } of members) teamsOf.set(value, [...(teamsOf.get(value) ?? []), displayName]);
  }
  const users = resources.filter((each) => 'userName' in each);
  return peopleFrom(
    users.map(({ id, userName, displayName = '', active, emails }) => ({
      aliases: [id, userName, displayName, ...emails.map(({ value }) => value)],
      active,
      teams: teamsOf.get(id) ?? [],
    })),
    groups.map(({ displayName }) => displayName),
  );
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'not JSON';
    const position = /position (\d+)/u.exec(message)?.[1];
    const line =
      position === undefined ? text.split('\n').length : text.slice(0, Number(position)).split('\n').length;
    throw wrong(`${file}:${line}`, 'not valid JSON');
  }
}

function wrong(place: string, what: string): ConfigError {
  return new ConfigError(`${place}: ${what}`, { hint: 'docs/owners.md says which exports are read.' });
}
