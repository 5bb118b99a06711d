import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gcpActions, gcpEvaluator } from '../../../playbooks/actions/gcp/index.ts';

const ROLES = join(process.cwd(), '../shared/data/gcp/predefined-roles.ndjson.gz');

describe('the permissions that the actions of Google Cloud take', () => {
  it('are sorted, and say where the time to settle is from', () => {
    for (const { permissions, settle } of gcpActions) {
      expect(permissions).toEqual(permissions.toSorted());
      expect(settle.source).toMatch(/^https:\/\/cloud\.google\.com\//u);
    }
  });

  it.skipIf(!existsSync(ROLES))('are all known to Google (skipped without ../shared/data)', () => {
    const text = gunzipSync(readFileSync(ROLES)).toString('utf8');
    const all = [...gcpActions, gcpEvaluator].flatMap(({ permissions }) => permissions);
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter((permission) => !text.includes(`"${permission}"`))).toEqual([]);
  });
});
