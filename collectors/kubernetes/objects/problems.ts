import type { Feed } from '#model/scope.ts';

/** Something that could not be read or taken as it is. `feed` null: the gap that it leaves has been told already. */
export interface Problem {
  readonly feed: Feed | null;
  readonly detail: string;
}

/** Notes what is wrong with one file. */
export interface FileProblems {
  /** Notes a problem that leaves a gap in each of `feeds`. */
  readonly note: (feeds: readonly Feed[], detail: string) => void;
}

/** So many problems of one file are told one by one; the gaps that they leave are all told. */
export const MAX_TOLD = 50;

/** Starts the notes about the file called `label`, which go into `problems`. */
export function problemsOf(label: string, problems: Problem[]): FileProblems {
  const told = new Set<Feed>();
  let count = 0;
  return {
    note: (feeds, detail) => {
      count++;
      const fresh = feeds.filter((feed) => !told.has(feed));
      for (const feed of fresh) {
        told.add(feed);
        problems.push({ feed, detail: `${label}: ${detail}` });
      }
      if (fresh.length === 0 && count <= MAX_TOLD)
        problems.push({ feed: null, detail: `${label}: ${detail}` });
      if (count === MAX_TOLD + 1) problems.push({ feed: null, detail: `${label}: more of the like` });
    },
  };
}
