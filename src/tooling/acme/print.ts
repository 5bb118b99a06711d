import { stringify } from 'yaml';

/** JSON as `aws --output json` prints it: four spaces, fields in the order of the API's model. */
export function awsJson(value: unknown): string {
  return `${JSON.stringify(value, null, 4)}\n`;
}

/** JSON as `kubectl get -o json` prints a list: four spaces, fields in alphabetical order. */
export function kubectlJson(items: readonly unknown[]): string {
  const list = { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } };
  return `${JSON.stringify(sorted(list), null, 4)}\n`;
}

/** JSON as `az` prints what Azure and Microsoft Graph answer: two spaces, fields as they came. */
export function azJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** JSON as `gcloud --format=json` prints it: two spaces, fields in alphabetical order. */
export function gcloudJson(value: unknown): string {
  return `${JSON.stringify(sorted(value), null, 2)}\n`;
}

/** A manifest file: a comment, then the objects as YAML documents. */
export function yamlDocuments(comment: string, objects: readonly unknown[]): string {
  const documents = objects.map(
    (object) => `---\n${stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })}`,
  );
  return `# ${comment}\n${documents.join('')}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  );
}
