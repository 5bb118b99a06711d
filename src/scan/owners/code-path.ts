import { fitsWildcard } from './wildcard.ts';

/** A pattern of CODEOWNERS, ready to be matched. */
export interface PathPattern {
  /** `**` stands for any number of folders. */
  readonly segments: readonly string[];
  /** Whether what lies below a match is matched too. */
  readonly below: boolean;
  /** Whether the match itself has to be a folder. */
  readonly folderOnly: boolean;
}

/**
 * A pattern as GitHub documents it: one with a slash before its end begins at the root of the repository, any other fits
 * at any depth; a folder stands for all below it, but `docs/*` for what is in `docs` alone.
 * https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners#codeowners-syntax
 */
export function pathPattern(written: string): PathPattern {
  const folderOnly = written.endsWith('/');
  const body = written.replace(/\/$/u, '');
  const rooted = body.includes('/');
  const segments = body.replace(/^\//u, '').split('/');
  const last = segments.at(-1);
  return {
    segments: rooted ? segments : ['**', ...segments],
    below: folderOnly || !rooted || (last !== '*' && last !== '**'),
    folderOnly,
  };
}

/** Whether a pattern fits the path of a file, from the root of its repository, without a slash in front. */
export function fitsPath({ segments, below, folderOnly }: PathPattern, path: string): boolean {
  const parts = path.split('/');
  // reached[n]: the first n parts are used up by the segments so far.
  let reached = new Set([0]);
  for (const segment of segments) {
    const next = new Set<number>();
    for (const n of reached) {
      if (segment === '**') for (let to = n; to <= parts.length; to++) next.add(to);
      else if (n < parts.length && fitsWildcard(segment, parts[n] ?? '')) next.add(n + 1);
    }
    reached = next;
  }
  if (reached.has(parts.length) && !folderOnly) return true;
  return below && [...reached].some((n) => n > 0 && n < parts.length);
}
