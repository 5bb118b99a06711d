import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.ts';
import { tempDir } from '../temp-dir.ts';

const DATA = join(process.cwd(), '../shared/data');

describe.skipIf(!existsSync(DATA))(
  'a scan of real accounts and a real cluster (needs ../shared/data)',
  () => {
    it('holds both accounts and the cluster with every identity, those with an odd ARN too', async () => {
      const folder = await tempDir();
      const imports = ['aws/cloudsplaining-example', 'aws/cloudmapper-demo', 'kubernetes/sar/estate.json'];
      const words = imports.flatMap((path) => ['--import', join(DATA, path)]);
      const scanned = await runCli(folder, ['scan', '--quiet', ...words]);
      expect(scanned.stderr).toBe('');
      expect(scanned.code).toBe(0);
      const query = `SELECT
      count(*) FILTER (uid LIKE 'arn:aws:iam::%' AND scope_uid IN ('aws:012345678901', 'aws:200611803367') AND kind <> 'root-user') AS example,
      count(*) FILTER (scope_uid = 'aws:123456789012') AS demo,
      count(*) FILTER (kind = 'service-account') AS accounts,
      count(*) FILTER (uid = 'arn:aws:iam::aws:user/USER_WITH_BAD_INLINE_POLICY') AS odd
      FROM identities`;
      const { stdout } = await runCli(folder, ['sql', query, '--format', 'json']);
      expect(JSON.parse(stdout)).toMatchObject([{ example: 122, accounts: 15, odd: 1 }]);
    });
  },
);
