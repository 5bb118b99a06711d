import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Api } from './api.ts';

/** An object to be made, as its manifest has it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** The manifests of a text, lists taken apart. */
export function manifestsIn(text: string): readonly Manifest[] {
  const documents = [parseAllDocuments(text)].flat();
  // Manifests of this test: the server refuses what is none.
  const objects = documents.map((document) => document.toJS() as Manifest & { items?: readonly Manifest[] });
  return objects.flatMap((object) => object.items ?? [object]);
}

/** The manifests of a folder. */
export async function manifestsOf(folder: string): Promise<readonly Manifest[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap(manifestsIn);
}

/** Makes objects as `kubectl create` does; one without a namespace, where it needs one, goes to `namespace`. */
export async function apply(api: Api, objects: readonly Manifest[], namespace = 'default'): Promise<void> {
  const known = new Map<string, Promise<readonly Resource[]>>();
  const resourcesOf = (apiVersion: string): Promise<readonly Resource[]> => {
    const found = known.get(apiVersion) ?? discover(api, rootOf(apiVersion));
    known.set(apiVersion, found);
    return found;
  };
  for (const object of objects) {
    const { apiVersion, kind, metadata } = object;
    const resource = (await resourcesOf(apiVersion)).find((each) => each.kind === kind);
    if (resource === undefined) throw new Error(`${apiVersion} has no ${kind}`);
    const within = resource.namespaced ? `/namespaces/${metadata.namespace ?? namespace}` : '';
    await api.must('POST', `${rootOf(apiVersion)}${within}/${resource.name}`, object);
  }
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api */
async function discover(api: Api, root: string): Promise<readonly Resource[]> {
  const { resources = [] } = await api.must('GET', root);
  return resources.filter(({ name }) => !name.includes('/'));
}
