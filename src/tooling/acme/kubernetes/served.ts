import { ago, secondsTime } from '../clock.ts';
import { pick, uuid } from '../seed.ts';
import type { Manifest } from './objects.ts';

/** An object with what the API server adds: a uid, a resource version, a time of creation `age` days ago. */
export function served(object: Manifest, age: number): Manifest {
  const { kind, metadata } = object;
  const key = `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
  return {
    ...object,
    metadata: {
      ...metadata,
      creationTimestamp: secondsTime(ago(age, key)),
      resourceVersion: String(1000 + pick(`version ${key}`, 90_000_000)),
      uid: uuid(key),
    },
  };
}
