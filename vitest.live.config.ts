import { defineConfig } from 'vitest/config';

/** Tests against real servers, which each suite fetches, builds and starts by itself; one suite at a time. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: [] } },
  test: {
    include: ['test/live/**/*.test.ts'],
    setupFiles: ['test/fast-check-seed.ts'],
    // What the SDK will need some day is no result of a test.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 300_000,
    hookTimeout: 1_800_000,
    pool: 'forks',
    fileParallelism: false,
  },
});
