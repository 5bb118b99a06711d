import { createHash } from 'node:crypto';
import type { PlanOutcome } from '#gate/plan/judge-plan.ts';
import { message } from '#reports/sarif/text.ts';
import { changeText, gains, pathText, ruleOf, type PlanStory } from './gate-plan-story.ts';

interface Told {
  readonly ruleId: string;
  readonly outcome: PlanOutcome;
  readonly identityUid: string;
  readonly text: string;
}

/** GitHub takes no more results in one run; what is beyond is counted in the run's properties. */
const LIMIT = 25_000;

/**
 * SARIF 2.1.0: a result for each new path and each gain that fails or warns, located at the plan or manifest, with the
 * addresses of the resources behind it. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function gatePlanSarif(story: PlanStory): string {
  const all = toldOf(story);
  const results = all.slice(0, LIMIT);
  const rules = [...new Set(results.map(({ ruleId }) => ruleId))].toSorted();
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'nhi-auditor',
            version: story.toolVersion,
            rules: rules.map((id) => ({ id, shortDescription: { text: titleOf(id) } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        properties: {
          snapshot: story.snapshot.id,
          asOf: story.snapshot.asOf,
          ...(all.length > LIMIT ? { leftOut: all.length - LIMIT } : {}),
        },
        results: results.map((each) => resultOf(each, rules, story)),
      },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function toldOf({ verdict }: PlanStory): Told[] {
  const paths = verdict.newPaths.map((path) => ({
    ruleId: 'plan-new-path',
    outcome: path.outcome,
    identityUid: path.identity,
    text: `New path to administrator: ${path.identity}: ${pathText(path)}`,
  }));
  const changes = gains(verdict).map((change) => ({
    ruleId: ruleOf(change),
    outcome: change.outcome,
    identityUid: change.identityUid,
    text: `${change.identityUid}: ${changeText(change)}`,
  }));
  const open = verdict.unknowns.map(({ address, what, outcome }) => ({
    ruleId: 'plan-unknown',
    outcome,
    identityUid: address,
    text: `${address}: ${what}`,
  }));
  return [...paths, ...changes, ...open].filter(({ outcome }) => outcome !== 'tolerated');
}

function resultOf(
  { ruleId, outcome, identityUid, text }: Told,
  rules: readonly string[],
  story: PlanStory,
): object {
  const sources = story.sourcesOf(identityUid);
  const logicalLocations = [...sources, identityUid].map((fullyQualifiedName) => ({ fullyQualifiedName }));
  // A manifest is a file of its own; a resource's address is within the plan.
  const file = sources.find((source) => /\.(?:ya?ml|json)$/u.test(source)) ?? story.files[0] ?? 'plan';
  return {
    ruleId,
    ruleIndex: rules.indexOf(ruleId),
    level: outcome === 'fails' ? 'error' : 'warning',
    message: message(text),
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: 1 } },
        logicalLocations,
      },
    ],
    partialFingerprints: { 'nhi/v1': createHash('sha256').update(`${ruleId}\n${text}`).digest('hex') },
  };
}

/** A path relative to the root of the repository, as far as it is one. */
function uriOf(file: string): string {
  return file
    .replace(/^(?:\.?\/)+/u, '')
    .split(/[\\/]/u)
    .map(encodeURIComponent)
    .join('/');
}

function titleOf(ruleId: string): string {
  switch (ruleId) {
    case 'plan-new-path':
      return 'Deploying this makes a new path to administrator';
    case 'plan-guardrail':
      return 'Deploying this weakens a guardrail';
    case 'plan-open-grant':
      return 'Deploying this grants something to everyone or to somebody outside';
    case 'plan-unknown':
      return 'What this gives is not known before it is applied';
    default:
      return `Deploying this gives ${ruleId.replace('plan-gains-', '')}`;
  }
}
