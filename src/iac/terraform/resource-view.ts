import type { Unknown } from '../proposal.ts';
import type { Values } from './plan-schema.ts';
import type { Plan, PlannedResource } from './read-plan.ts';
import { referencesIn } from './references.ts';

export type Side = 'before' | 'after';

/** A resource as it is or will be. What is known only after applying is found by what it refers to, or is unknown. */
export interface ResourceView {
  readonly address: string;
  /** File and address, for error messages. */
  readonly place: string;
  readonly type: string;
  /** The provider's configuration that it belongs to; null: it is not told. */
  readonly provider: string | null;
  /** A text that is there; null: absent, or unknown. */
  readonly text: (attribute: string) => string | null;
  /** The texts of a list or set; what is unknown of it is left out. */
  readonly texts: (attribute: string) => readonly string[];
  /** The blocks of a name, or the objects of a list. */
  readonly blocks: (attribute: string) => readonly Values[];
  readonly value: (attribute: string) => unknown;
  /** Whether anything of the attribute is unknown, and nothing it refers to tells it. */
  readonly isUnknown: (attribute: string) => boolean;
  /** Says that something is not known. */
  readonly open: (what: string) => void;
}

/** What a resource's computed attribute will be, by its other attributes; null: nobody can tell. */
export type Compute = (view: ResourceView, attribute: string) => string | null;

/** All resources of one side. */
export interface PlanState {
  readonly side: Side;
  readonly resources: readonly ResourceView[];
}

const MAX_DEPTH = 20;

/** Both sides of a plan; `unknowns` is filled while they are read. */
export function planStates(
  plan: Plan,
  compute: Compute,
  unknowns: Unknown[],
): { readonly before: PlanState; readonly after: PlanState } {
  const references = referencesIn(plan);
  const seen = new Set<string>();

  function viewOf(resource: PlannedResource, side: Side, depth: number): ResourceView | null {
    const values = resource[side];
    if (values === null) return null;
    const value = (attribute: string): unknown =>
      Object.hasOwn(values, attribute) ? values[attribute] : undefined;
    const isOpen = (attribute: string): boolean =>
      side === 'after' &&
      Object.hasOwn(resource.unknown, attribute) &&
      holdsTrue(resource.unknown[attribute]);
    const referred = (attribute: string): readonly string[] =>
      depth > MAX_DEPTH ? [] : references.of(resource, attribute).flatMap(computed);

    function computed(reference: {
      readonly resource: PlannedResource;
      readonly attribute: string;
    }): string[] {
      const view = viewOf(reference.resource, side, depth + 1);
      if (view === null) return [];
      const known = view.value(reference.attribute);
      const found = typeof known === 'string' ? known : compute(view, reference.attribute);
      return found === null ? [] : [found];
    }

    function text(attribute: string): string | null {
      if (!isOpen(attribute)) {
        const known = value(attribute);
        return typeof known === 'string' && known !== '' ? known : null;
      }
      const [only, ...others] = referred(attribute);
      return only === undefined || others.length > 0 ? null : only;
    }

    return {
      address: resource.address,
      place: `${plan.file}: ${resource.address}`,
      type: resource.type,
      provider: references.providerOf(resource),
      text,
      value,
      texts: (attribute) => {
        const known = value(attribute);
        const texts = Array.isArray(known) ? known.filter((each) => typeof each === 'string') : [];
        return isOpen(attribute) ? [...new Set([...texts, ...referred(attribute)])] : texts;
      },
      blocks: (attribute) => {
        const known = value(attribute);
        return (Array.isArray(known) ? known : [known]).filter(isValues);
      },
      isUnknown: (attribute) =>
        isOpen(attribute) && text(attribute) === null && referred(attribute).length === 0,
      open: (what) => {
        const key = `${resource.address}\n${what}`;
        if (side === 'after' && !seen.has(key)) unknowns.push({ address: resource.address, what });
        seen.add(key);
      },
    };
  }

  const stateOf = (side: Side): PlanState => ({
    side,
    resources: plan.resources.flatMap((resource) => viewOf(resource, side, 0) ?? []),
  });
  return { before: stateOf('before'), after: stateOf('after') };
}

/** Whether an object has attributes. */
export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `after_unknown` has the shape of the value, with true where it is unknown. */
function holdsTrue(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === true;
  return Object.values(value).some(holdsTrue);
}
