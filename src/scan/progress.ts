import type { TableName } from '#model/record.ts';
import type { System } from '#model/system.ts';

/** What a scan says while it runs; the caller decides how to show it. */
export type ProgressEvent =
  | { readonly kind: 'phase'; readonly phase: 'find' | 'collect' | 'derive' | 'audit' | 'publish' }
  | { readonly kind: 'files'; readonly total: number; readonly recognised: number }
  | { readonly kind: 'system'; readonly system: System; readonly files: number }
  | { readonly kind: 'target'; readonly system: System; readonly name: string }
  | { readonly kind: 'reading'; readonly system: System; readonly what: string }
  | { readonly kind: 'rows'; readonly table: TableName; readonly total: number }
  | { readonly kind: 'rule'; readonly rule: string; readonly done: number; readonly of: number };

export type Progress = (event: ProgressEvent) => void;
