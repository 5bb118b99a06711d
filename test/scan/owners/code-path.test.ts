import { describe, expect, it } from 'vitest';
import { fitsPath, pathPattern } from '#scan/owners/code-path.ts';

describe('a pattern of CODEOWNERS', () => {
  // The examples of GitHub's page about code owners.
  it.each([
    ['*', 'a/b/c.txt', true],
    ['*.js', 'a/b.js', true],
    ['*.js', 'a/b.jsx', false],
    ['/build/logs/', 'build/logs/a/b.log', true],
    ['/build/logs/', 'x/build/logs/a.log', false],
    ['docs/*', 'docs/getting-started.md', true],
    ['docs/*', 'docs/build-app/troubleshooting.md', false],
    ['apps/', 'x/apps/y/z.ts', true],
    ['apps/', 'x/apps', false],
    ['/docs/', 'docs/a.md', true],
    ['/docs/', 'x/docs/a.md', false],
    ['**/logs', 'build/logs/x', true],
    ['**/logs', 'logs/x', true],
    ['/apps/github', 'apps/github/a.go', true],
    ['/apps/github', 'apps/githubber', false],
    ['/a/**/z.tf', 'a/z.tf', true],
    ['/a/**/z.tf', 'a/b/c/z.tf', true],
  ])('%s, asked about %s: %s', (pattern, path, fits) => {
    expect(fitsPath(pathPattern(pattern), path)).toBe(fits);
  });

  it('with many stars is not slow on a long path', () => {
    const hostile = `/${'**/'.repeat(200)}${'a*'.repeat(200)}b`;
    expect(fitsPath(pathPattern(hostile), 'a/'.repeat(1000) + 'a'.repeat(5000))).toBe(false);
  });
});
